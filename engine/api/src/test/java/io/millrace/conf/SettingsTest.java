package io.millrace.conf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @Test
    void everyConstantIsListedOnceAndFoundByItsKey() throws IllegalAccessException {
        List<Object> constants = new ArrayList<>();
        for (Field field : Settings.class.getFields()) {
            if (field.getType() == Setting.class) {
                constants.add(field.get(null));
            }
        }
        assertEquals(constants, Settings.all());
        for (Setting<?> setting : Settings.all()) {
            assertSame(setting, Settings.of(setting.key()).orElseThrow());
            assertTrue(setting.key().startsWith("millrace."), setting.key());
        }
        assertEquals(Optional.empty(), Settings.of("my.own.key"));
    }

    @Test
    void everyGroupHasATitleAndSettings() {
        for (SettingGroup group : Settings.groups()) {
            assertTrue(!group.title().isBlank() && !group.settings().isEmpty(), group.toString());
        }
        assertEquals(
                Settings.all(),
                Settings.groups().stream()
                        .flatMap(group -> group.settings().stream())
                        .toList());
    }

    @Test
    void anyNumberOfJobsAtATimeIsReadAsOne() {
        assertEquals(1, Settings.CONCURRENT_JOBS.parse(" 1 "));
        assertEquals(1, Settings.CONCURRENT_JOBS.parse("4"));
        String message = assertThrows(IllegalArgumentException.class, () -> Settings.CONCURRENT_JOBS.parse("0"))
                .getMessage();
        assertEquals(
                "millrace.streaming.concurrentJobs is '0', expected 1, and more is read as 1, because the outputs of a"
                        + " context run one after another and in order; set it to such a value or leave it out for the default, 1",
                message);
    }

    @Test
    void everyDefaultIsWithinItsRange() {
        for (Setting<?> setting : Settings.all()) {
            if (setting.defaultText() != null) {
                assertEquals(setting.defaultValue(), parse(setting, setting.defaultText()));
            }
        }
    }

    @Test
    void theDefaultsAreThose() {
        assertNull(Settings.MASTER.defaultValue());
        assertEquals(200, Settings.BLOCK_INTERVAL.defaultValue());
        assertEquals(2000, Settings.RECEIVER_RESTART_DELAY.defaultValue());
        assertEquals(Long.MAX_VALUE, Settings.RECEIVER_MAX_RATE.defaultValue());
        assertEquals(16 << 20, Settings.MAX_RECORD_BYTES.defaultValue());
        assertEquals(1_000_000, Settings.RECEIVER_MAX_HELD_RECORDS.defaultValue());
        assertEquals(128, Settings.RING_SLABS.defaultValue());
        assertEquals(65_536, Settings.SLAB_BYTES.defaultValue());
        assertEquals(4096, Settings.INLINE_ROWS.defaultValue());
        assertEquals(Idle.BLOCKING, Settings.IDLE.defaultValue());
        assertEquals(Lanes.SPECIALISED, Settings.LANES.defaultValue());
        assertEquals(Drive.THREADS, Settings.DRIVE.defaultValue());
        assertEquals(LateBatches.RUN, Settings.LATE_BATCHES.defaultValue());
        assertEquals(true, Settings.STOP_CONTEXT_BY_DEFAULT.defaultValue());
    }

    @ParameterizedTest
    @CsvSource({
        "millrace.streaming.blockInterval, 0",
        "millrace.streaming.blockInterval, -5ms",
        "millrace.streaming.blockInterval, soon",
        "millrace.streaming.blockInterval, 999us",
        "millrace.ring.slabs, 100",
        "millrace.ring.slabs, 1",
        "millrace.slabBytes, 1k",
        "millrace.maxRecordBytes, 0",
        "millrace.memory.maxBytes, 99999999p",
        "millrace.idle, sleeping",
        "millrace.idle, ''",
        "millrace.streaming.stopContextByDefault, yes"
    })
    void aValueOutsideIsRefusedWithKeyValueRangeAndWayOut(String key, String text) {
        Setting<?> setting = Settings.of(key).orElseThrow();
        String message = assertThrows(IllegalArgumentException.class, () -> setting.parse(text))
                .getMessage();
        assertTrue(message.startsWith(key + " is '" + text + "', expected " + setting.range()), message);
        assertTrue(message.endsWith("leave it out for the default, " + setting.defaultText()), message);
    }

    @Test
    void aChoiceIsReadInAnyCaseOfLetters() {
        assertEquals(Idle.SPINNING, Settings.IDLE.parse(" Spinning "));
        assertEquals("blocking or spinning", Settings.IDLE.range());
        assertEquals("continue, stop or skip", Settings.FAILURE_POLICY.range());
    }

    @Test
    void aRateOfZeroOrLessIsNoLimit() {
        assertEquals(100, Settings.RECEIVER_MAX_RATE.parse("100"));
        assertEquals(Long.MAX_VALUE, Settings.RECEIVER_MAX_RATE.parse("0"));
        assertEquals(Long.MAX_VALUE, Settings.RECEIVER_MAX_RATE.parse("-1"));
    }

    @Test
    void aSettingIsDescribedInOneLine() {
        assertEquals(
                "millrace.ring.slabs = 128 [a power of two, 2 to 65536]"
                        + " places in a receiver's ring, each for one slab",
                Settings.RING_SLABS.toString());
        assertEquals(
                "millrace.streaming.receiver.maxRate = 0 [a whole number of records per second, where 0 or less is no"
                        + " limit] the most each receiver may store one by one",
                Settings.RECEIVER_MAX_RATE.toString());
    }

    private static <T> T parse(Setting<T> setting, String text) {
        return setting.parse(text);
    }

    @ParameterizedTest
    @CsvSource({
        "millrace.streaming.blockIntervall, millrace.streaming.blockInterval",
        "millrace.streaming.blockinterval, millrace.streaming.blockInterval",
        "millrace.blockInterval, millrace.streaming.blockInterval",
        "millrace.memory.maxBytes2, millrace.memory.maxBytes",
        "millrace.ide, millrace.idle"
    })
    void aKeyThatIsAlmostRightLeadsToTheOneThatWasMeant(String written, String meant) {
        assertEquals(meant, Settings.nearest(written).orElseThrow().key());
    }

    @Test
    void aKeyLikeNoneLeadsNowhere() {
        assertEquals(Optional.empty(), Settings.nearest("millrace.executor.cores"));
    }
}
