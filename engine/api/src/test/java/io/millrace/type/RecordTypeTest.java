package io.millrace.type;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.Serialized;
import java.io.Serializable;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordTypeTest {

    @Test
    void aBoxedOrPrimitiveNumberHasATypeOfItsOwn() {
        assertSame(RecordType.INT, RecordType.of(Integer.class));
        assertSame(RecordType.INT, RecordType.of(int.class));
        assertSame(RecordType.LONG, RecordType.of(Long.class));
        assertSame(RecordType.DOUBLE, RecordType.of(double.class));
        assertSame(RecordType.FLOAT, RecordType.of(Float.class));
        assertSame(RecordType.BOOLEAN, RecordType.of(Boolean.class));
        assertSame(RecordType.REF, RecordType.of(Short.class));
        assertSame(RecordType.REF, RecordType.of(List.class));
    }

    @Test
    void textIsUtf8WhenASourceStoresItAndAReferenceWhenAFunctionMakesIt() {
        assertSame(RecordType.UTF8, RecordType.of(String.class));
        assertSame(RecordType.REF, RecordType.ofResult(String.class));
        assertSame(RecordType.BYTES, RecordType.of(byte[].class));
        assertSame(RecordType.REF, RecordType.ofResult(byte[].class));
    }

    @Test
    void aClassThatSeveralLanesCouldHoldHasToBeObserved() {
        for (Class<?> wide : List.of(Object.class, Number.class, Comparable.class, Serializable.class)) {
            assertSame(RecordType.UNKNOWN, RecordType.of(wide), wide.getName());
        }
    }

    @Test
    void aValueHasTheTypeOfItsClass() {
        assertSame(RecordType.INT, RecordType.ofValue(1));
        assertSame(RecordType.REF, RecordType.ofValue("a"));
        assertSame(RecordType.REF, RecordType.ofValue(null));
    }

    @Test
    void aPairHasAKeyAndAValue() {
        RecordType pair = RecordType.pair(RecordType.UTF8, RecordType.INT);
        assertTrue(pair.isPair());
        assertSame(RecordType.UTF8, pair.key());
        assertSame(RecordType.INT, pair.value());
        assertEquals("PAIR(UTF8, INT)", pair.toString());
        assertEquals(RecordType.pair(RecordType.UTF8, RecordType.INT), pair);
        assertEquals(RecordType.pair(RecordType.UTF8, RecordType.INT).hashCode(), pair.hashCode());
        assertNotEquals(RecordType.pair(RecordType.UTF8, RecordType.LONG), pair);
        assertThrows(IllegalStateException.class, RecordType.INT::key);
    }

    @Test
    void aPairIsKnownWhenBothPartsAre() {
        assertTrue(RecordType.pair(RecordType.UTF8, RecordType.INT).isKnown());
        assertFalse(RecordType.pair(RecordType.UTF8, RecordType.UNKNOWN).isKnown());
        assertFalse(RecordType.UNKNOWN.isKnown());
        assertTrue(RecordType.REF.isKnown());
    }

    @Test
    void aTypeIsStillSingleAfterSerialization() {
        for (RecordType type : List.of(
                RecordType.INT,
                RecordType.LONG,
                RecordType.DOUBLE,
                RecordType.FLOAT,
                RecordType.BOOLEAN,
                RecordType.UTF8,
                RecordType.BYTES,
                RecordType.REF,
                RecordType.UNKNOWN)) {
            assertSame(type, Serialized.copyOf(type));
        }
        RecordType pair = RecordType.pair(RecordType.INT, RecordType.REF);
        assertEquals(pair, Serialized.copyOf(pair));
        assertSame(RecordType.INT, Serialized.copyOf(pair).key());
    }
}
