package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeTest {

    @Test
    void isBeforeOrAfterAnother() {
        assertTrue(at(999).less(at(1000)));
        assertFalse(at(1000).less(at(1000)));
        assertTrue(at(1000).lessEq(at(1000)));
        assertFalse(at(1001).lessEq(at(1000)));
        assertTrue(at(1001).greater(at(1000)));
        assertFalse(at(1000).greater(at(1000)));
        assertTrue(at(1000).greaterEq(at(1000)));
        assertFalse(at(999).greaterEq(at(1000)));
        assertEquals(
                List.of(at(1), at(2), at(3)),
                Stream.of(at(2), at(3), at(1)).sorted(Time.ordering()).toList());
    }

    @Test
    void movesByADuration() {
        assertEquals(at(1100), at(1000).plus(new Duration(100)));
        assertEquals(at(900), at(1000).minus(new Duration(100)));
    }

    @Test
    void isADurationAwayFromAnother() {
        assertEquals(new Duration(900), at(1000).minus(at(100)));
        assertEquals(new Duration(-900), at(100).minus(at(1000)));
    }

    @ParameterizedTest
    @CsvSource({"1350, 200, 1200", "1200, 200, 1200", "199, 200, 0", "1, 1, 1", "-1, 200, -200"})
    void isRoundedDownToAGrid(long time, long grid, long floor) {
        assertEquals(at(floor), at(time).floor(new Duration(grid)));
    }

    @ParameterizedTest
    @CsvSource({"50, 1250", "150, 1350", "200, 1200"})
    void isRoundedDownToAGridThatBeginsElsewhere(long zero, long floor) {
        assertEquals(at(floor), at(1350).floor(new Duration(200), at(zero)));
    }

    @Test
    void refusesAGridThatIsNotPositive() {
        String message = assertThrows(IllegalArgumentException.class, () -> at(1).floor(new Duration(0)))
                .getMessage();
        assertEquals("grid is 0 ms, expected at least 1 ms", message);
    }

    @Test
    void isAMultipleOfADuration() {
        assertTrue(at(1000).isMultipleOf(new Duration(5)));
        assertTrue(at(1000).isMultipleOf(new Duration(1000)));
        assertTrue(at(1000).isMultipleOf(new Duration(1)));
        assertFalse(at(1000).isMultipleOf(new Duration(6)));
    }

    @Test
    void givesTheEarlierAndTheLaterOfTwo() {
        assertEquals(at(999), at(999).min(at(1000)));
        assertEquals(at(1000), at(999).max(at(1000)));
    }

    @Test
    void listsTheTimesBeforeAnEnd() {
        assertEquals(times(1000), at(1000).until(at(1100), new Duration(100)));
        assertEquals(times(), at(1000).until(at(1000), new Duration(100)));
        assertEquals(times(1000, 1030, 1060, 1090), at(1000).until(at(1100), new Duration(30)));
    }

    @Test
    void listsTheTimesUpToAnEnd() {
        assertEquals(times(1000, 1100), at(1000).to(at(1100), new Duration(100)));
        assertEquals(times(1000), at(1000).to(at(1000), new Duration(100)));
        assertEquals(times(1000, 1030, 1060, 1090), at(1000).to(at(1100), new Duration(30)));
    }

    @Test
    void refusesAStepThatIsNotPositive() {
        assertThrows(IllegalArgumentException.class, () -> at(1).until(at(2), new Duration(0)));
        assertThrows(IllegalArgumentException.class, () -> at(1).to(at(2), new Duration(-1)));
    }

    @Test
    void printsItsMilliseconds() {
        assertEquals("1357008430000 ms", at(1357008430000L).toString());
    }

    private static Time at(long milliseconds) {
        return new Time(milliseconds);
    }

    private static List<Time> times(long... milliseconds) {
        return LongStream.of(milliseconds).mapToObj(Time::new).toList();
    }
}
