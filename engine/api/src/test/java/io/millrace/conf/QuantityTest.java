package io.millrace.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "200ms, 200",
        "200 ms, 200",
        "2s, 2000",
        "3m, 180000",
        "3min, 180000",
        "1h, 3600000",
        "1d, 86400000",
        "2500us, 2",
        "-1s, -1000",
        " 5S , 5000"
    })
    void aTimeMayHaveAUnit(String text, long milliseconds) {
        assertEquals(milliseconds, Quantity.timeMs(text));
    }

    @Test
    void aTimeWithoutAUnitIsInTheOneAskedFor() {
        assertEquals(90, Quantity.time("90", TimeUnit.SECONDS));
        assertEquals(90, Quantity.time("90000ms", TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @CsvSource({
        "7, 7",
        "7b, 7",
        "1k, 1024",
        "1kb, 1024",
        "64K, 65536",
        "16m, 16777216",
        "16 MB, 16777216",
        "1g, 1073741824",
        "1t, 1099511627776",
        "1p, 1125899906842624"
    })
    void aSizeMayHaveAUnit(String text, long bytes) {
        assertEquals(bytes, Quantity.bytes(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ms", "5 weeks", "1.5s", "- 5s", "--5", "99999999999999999999"})
    void whatIsNoTimeIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Quantity.timeMs(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "5x", "5bb", "5kk", "1.5g", "9999999p"})
    void whatIsNoSizeIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Quantity.bytes(text));
    }

    @Test
    void aFlagIsTrueOrFalse() {
        assertTrue(Quantity.flag(" True "));
        assertThrows(IllegalArgumentException.class, () -> Quantity.flag("1"));
    }

    @Test
    void whatIsReadIsWrittenInTheLargestUnitThatFits() {
        assertEquals("0ms", Quantity.ofMs(0));
        assertEquals("1500ms", Quantity.ofMs(1500));
        assertEquals("2s", Quantity.ofMs(2000));
        assertEquals("2min", Quantity.ofMs(120_000));
        assertEquals("0", Quantity.ofBytes(0));
        assertEquals("1500", Quantity.ofBytes(1500));
        assertEquals("96k", Quantity.ofBytes(96 << 10));
        assertEquals("16m", Quantity.ofBytes(16 << 20));
        for (long value : new long[] {1, 1024, 4096, 60_000, 3L << 30, 1L << 62, Long.MAX_VALUE}) {
            assertEquals(value, Quantity.timeMs(Quantity.ofMs(value)));
            assertEquals(value, Quantity.bytes(Quantity.ofBytes(value)));
        }
    }
}
