package io.millrace.api.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.api.Serialized;
import io.millrace.type.RecordType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReducersTest {

    @Test
    void sumsAddAndWrapRound() throws Exception {
        assertEquals(5, Reducers.sumInt().merge(2, 3));
        assertEquals(Integer.MIN_VALUE, Reducers.sumInt().merge(Integer.MAX_VALUE, 1));
        assertEquals(5L, Reducers.sumLong().call(2L, 3L));
        assertEquals(Long.MIN_VALUE, Reducers.sumLong().merge(Long.MAX_VALUE, 1));
        assertEquals(0.75, Reducers.sumDouble().call(0.5, 0.25));
    }

    @Test
    void leastAndGreatestAreThoseOfMath() throws Exception {
        assertEquals(2, Reducers.minInt().call(3, 2));
        assertEquals(3, Reducers.maxInt().call(3, 2));
        assertEquals(2L, Reducers.minLong().call(3L, 2L));
        assertEquals(3L, Reducers.maxLong().call(3L, 2L));
        assertEquals(-0.0, Reducers.minDouble().call(0.0, -0.0));
        assertEquals(0.0, Reducers.maxDouble().call(0.0, -0.0));
        assertEquals(Double.NaN, Reducers.minDouble().call(1.0, Double.NaN));
        assertEquals(Double.NaN, Reducers.maxDouble().call(1.0, Double.NaN));
    }

    @Test
    void sumAddsNumbersOfAnyOneClassAndKeepsIt() throws Exception {
        assertEquals(3, Reducers.<Integer>sum().call(1, 2));
        assertEquals(3L, Reducers.<Long>sum().call(1L, 2L));
        assertEquals(0.75, Reducers.<Double>sum().call(0.5, 0.25));
        assertEquals(0.75f, Reducers.<Float>sum().call(0.5f, 0.25f));
        assertEquals((short) 3, Reducers.<Short>sum().call((short) 1, (short) 2));
        assertEquals((byte) 3, Reducers.<Byte>sum().call((byte) 1, (byte) 2));
        assertEquals(BigInteger.TEN, Reducers.<BigInteger>sum().call(BigInteger.ONE, BigInteger.valueOf(9)));
        assertEquals(
                new BigDecimal("0.3"), Reducers.<BigDecimal>sum().call(new BigDecimal("0.1"), new BigDecimal("0.2")));
    }

    @Test
    void sumRefusesTwoClassesOrOneItDoesNotKnow() {
        assertEquals(
                "Reducers.sum() cannot add 1 (java.lang.Integer) and 2 (java.lang.Long), expected two numbers of one"
                        + " class of the JDK's; give reduce a lambda that adds them",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Reducers.<Number>sum().call(1, 2L))
                        .getMessage());
        assertThrows(
                IllegalArgumentException.class, () -> Reducers.sum().call(new AtomicInteger(1), new AtomicInteger(2)));
        assertThrows(
                IllegalArgumentException.class, () -> Reducers.<Integer>sum().call(1, null));
    }

    @Test
    void aNullIsRefusedByThoseOfOneType() {
        assertThrows(NullPointerException.class, () -> Reducers.sumLong().call(1L, null));
    }

    @Test
    void eachTellsThePlannerWhatItMeans() {
        assertEquals(new Expression.Sum(RecordType.INT), Reducers.sumInt().expression());
        assertEquals(new Expression.Min(RecordType.INT), Reducers.minInt().expression());
        assertEquals(new Expression.Max(RecordType.INT), Reducers.maxInt().expression());
        assertEquals(new Expression.Sum(RecordType.LONG), Reducers.sumLong().expression());
        assertEquals(new Expression.Min(RecordType.LONG), Reducers.minLong().expression());
        assertEquals(new Expression.Max(RecordType.LONG), Reducers.maxLong().expression());
        assertEquals(new Expression.Sum(RecordType.DOUBLE), Reducers.sumDouble().expression());
        assertEquals(new Expression.Min(RecordType.DOUBLE), Reducers.minDouble().expression());
        assertEquals(new Expression.Max(RecordType.DOUBLE), Reducers.maxDouble().expression());
        assertEquals(new Expression.Sum(RecordType.UNKNOWN), ((Recognised) Reducers.sum()).expression());
    }

    @Test
    void eachIsEqualToItselfAfterSerializationAndPrintsAsItIsWritten() {
        List<Object> reducers = List.of(
                Reducers.sumInt(),
                Reducers.minInt(),
                Reducers.maxInt(),
                Reducers.sumLong(),
                Reducers.minLong(),
                Reducers.maxLong(),
                Reducers.sumDouble(),
                Reducers.minDouble(),
                Reducers.maxDouble(),
                Reducers.sum());
        for (Object reducer : reducers) {
            assertEquals(reducer, Serialized.copyOf(reducer));
        }
        assertEquals(
                "[Reducers.sumInt(), Reducers.minInt(), Reducers.maxInt(), Reducers.sumLong(), Reducers.minLong(),"
                        + " Reducers.maxLong(), Reducers.sumDouble(), Reducers.minDouble(), Reducers.maxDouble(),"
                        + " Reducers.sum()]",
                reducers.toString());
    }
}
