package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationTest {

    @Test
    void isShorterOrLongerThanAnother() {
        assertTrue(ms(999).less(ms(1000)));
        assertFalse(ms(1000).less(ms(1000)));
        assertTrue(ms(1000).lessEq(ms(1000)));
        assertFalse(ms(1001).lessEq(ms(1000)));
        assertTrue(ms(1001).greater(ms(1000)));
        assertFalse(ms(1000).greater(ms(1000)));
        assertTrue(ms(1000).greaterEq(ms(1000)));
        assertFalse(ms(999).greaterEq(ms(1000)));
        assertTrue(ms(999).compareTo(ms(1000)) < 0);
    }

    @Test
    void isAddedTakenAwayAndMultiplied() {
        assertEquals(ms(1100), ms(1000).plus(ms(100)));
        assertEquals(ms(900), ms(1000).minus(ms(100)));
        assertEquals(ms(200), ms(100).times(2));
        assertEquals(ms(100), ms(100).times(1));
        assertEquals(ms(0), ms(100).times(0));
    }

    @Test
    void isDividedWithFractions() {
        assertEquals(200.0, ms(1000).div(ms(5)));
        assertEquals(1.0, ms(1000).div(ms(1000)));
        assertEquals(0.5, ms(1000).div(ms(2000)));
    }

    @Test
    void isAMultipleOfWhatFitsWithoutARest() {
        assertTrue(ms(1000).isMultipleOf(ms(5)));
        assertTrue(ms(1000).isMultipleOf(ms(1000)));
        assertTrue(ms(1000).isMultipleOf(ms(1)));
        assertFalse(ms(1000).isMultipleOf(ms(6)));
    }

    @Test
    void givesTheShorterAndTheLongerOfTwo() {
        assertEquals(ms(999), ms(999).min(ms(1000)));
        assertEquals(ms(999), ms(1000).min(ms(999)));
        assertEquals(ms(1000), ms(999).max(ms(1000)));
        assertEquals(ms(1000), ms(1000).max(ms(999)));
    }

    @Test
    void knowsWhetherItIsZero() {
        assertTrue(ms(0).isZero());
        assertFalse(ms(1).isZero());
    }

    @Test
    void isMadeFromMillisecondsSecondsAndMinutes() {
        assertEquals(ms(100), Durations.milliseconds(100));
        assertEquals(ms(30_000), Durations.seconds(30));
        assertEquals(ms(120_000), Durations.minutes(2));
        assertEquals(ms(100), Milliseconds.apply(100));
        assertEquals(ms(30_000), Seconds.apply(30));
        assertEquals(ms(120_000), Minutes.apply(2));
    }

    @Test
    void refusesMoreMinutesThanALongOfMillisecondsHolds() {
        String message = assertThrows(IllegalArgumentException.class, () -> Durations.minutes(Long.MAX_VALUE))
                .getMessage();
        assertTrue(message.contains("9223372036854775807 minutes"), message);
        assertEquals(
                Long.MAX_VALUE / 60_000 * 60_000,
                Durations.minutes(Long.MAX_VALUE / 60_000).milliseconds());
    }

    @Test
    void printsItsMilliseconds() {
        assertEquals("1000 ms", ms(1000).toString());
        assertEquals("1000", ms(1000).toFormattedString());
    }

    @ParameterizedTest
    @CsvSource({"500, 500 ms", "2000, 2.0 s", "90000, 1.5 m", "8100000, 2.25 h"})
    void printsPrettilyForPeople(long milliseconds, String pretty) {
        assertEquals(pretty, ms(milliseconds).prettyPrint());
    }

    private static Duration ms(long milliseconds) {
        return new Duration(milliseconds);
    }
}
