package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ExceptionsTest {

    @Test
    void aFailedFunctionIsNamedWithBatchPartitionAndRecord() {
        NumberFormatException cause = new NumberFormatException("no number");
        UserFunctionException failed = new UserFunctionException("map 'parse'", 3000, 2, "12x", cause);
        assertEquals(
                "the function of map 'parse' failed in batch 3000 ms, partition 2, on record 12x:"
                        + " java.lang.NumberFormatException: no number",
                failed.getMessage());
        assertSame(cause, failed.getCause());
        assertEquals("map 'parse'", failed.operator());
        assertEquals(3000, failed.batchTimeMs());
        assertEquals(2, failed.partition());
        assertEquals("12x", failed.record());
    }

    @Test
    void aLongRecordIsShortened() {
        UserFunctionException failed = new UserFunctionException("map", 1, 0, "x".repeat(10_000), null);
        assertEquals("x".repeat(200) + "… (10000 characters)", failed.record());
    }

    @Test
    void aCauseThatRepeatsALongRecordIsShortenedInTheMessageAndStaysWhole() {
        String record = "x".repeat(100_000);
        NumberFormatException cause = new NumberFormatException(record);
        UserFunctionException failed = new UserFunctionException("map", 1, 0, record, cause);
        assertTrue(
                failed.getMessage().length() < 2000, () -> failed.getMessage().length() + " characters");
        assertTrue(failed.getMessage().contains("NumberFormatException: xxx"), failed.getMessage());
        assertSame(cause, failed.getCause());
    }

    @Test
    void aFailureOutsideOfBatchesNamesNone() {
        UserFunctionException failed = new UserFunctionException("map", -1, 2, "12x", null);
        assertEquals("the function of map failed in partition 2, on record 12x: null", failed.getMessage());
    }

    @Test
    void aRecordThatCannotBePrintedIsNamedByItsClass() {
        Object broken = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException();
            }
        };
        String record = new UserFunctionException("map", 1, 0, broken, null).record();
        assertTrue(record.contains(broken.getClass().getName()), record);
        assertEquals("null", new UserFunctionException("map", 1, 0, null, null).record());
    }

    @Test
    void aReleasedBatchIsNamedWithTheWayOut() {
        ReleasedBatchException released = new ReleasedBatchException("RDD 'counts'", 5000);
        assertEquals(5000, released.batchTimeMs());
        assertTrue(released.getMessage().startsWith("RDD 'counts' of batch 5000 ms was used after"));
        assertTrue(released.getMessage().contains("collect()"));
        assertInstanceOf(MillraceException.class, released);
    }

    @Test
    void whatBelongedToNoBatchNamesNone() {
        ReleasedBatchException released = new ReleasedBatchException("the iterator of 'glom'");
        assertEquals(-1, released.batchTimeMs());
        assertTrue(released.getMessage().startsWith("the iterator of 'glom' was used after the function"));
    }

    @Test
    void aPlanThatCannotRunIsAnIllegalArgument() {
        assertInstanceOf(IllegalArgumentException.class, new PlanException("union of no streams"));
    }
}
