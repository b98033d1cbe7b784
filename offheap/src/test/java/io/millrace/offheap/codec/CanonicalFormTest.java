package io.millrace.offheap.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.codec.TestPairs.Pair;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanonicalFormTest {
    private static final double OTHER_NAN = Double.longBitsToDouble(0x7FF8000000000001L);
    private static final float OTHER_FLOAT_NAN = Float.intBitsToFloat(0x7FC00001);

    private final ValueCodec codec = new ValueCodec(new RecordClasses(List.of(), TestPairs.PAIRS));

    private ByteBuilder written(Object value) {
        ByteBuilder bytes = new ByteBuilder(16);
        codec.write(value, bytes);
        return bytes;
    }

    private byte[] canonical(Object value) {
        ByteBuilder bytes = written(value);
        assertTrue(CanonicalForm.make(bytes), () -> "no canonical form of " + value);
        return Arrays.copyOf(bytes.array(), bytes.length());
    }

    @Test
    void everythingButBytesAndObjectsHasTheFormThatTheCodecGivesIt() {
        Object[] values = {null, 1, 2L, true, false, 2.5, 1.5f, (short) 3, (byte) 4, 'c', "text", "\uD800", ""};
        for (Object value : values) {
            for (Object nested : new Object[] {value, new Pair(value, "end"), new Pair(new Pair(1, value), value)}) {
                ByteBuilder bytes = written(nested);
                assertArrayEquals(Arrays.copyOf(bytes.array(), bytes.length()), canonical(nested));
            }
        }
    }

    @Test
    void allNaNsHaveOneForm() {
        assertArrayEquals(canonical(Double.NaN), canonical(OTHER_NAN));
        assertArrayEquals(canonical(Float.NaN), canonical(OTHER_FLOAT_NAN));
        assertArrayEquals(
                canonical(new Pair(Double.NaN, new Pair(Float.NaN, 1))),
                canonical(new Pair(OTHER_NAN, new Pair(OTHER_FLOAT_NAN, 1))));
    }

    @Test
    void bytesAndObjectsHaveNone() {
        Object[] values = {new byte[] {1}, List.of(1), new Pair(1, List.of(1)), new Pair(List.of(1), 1)};
        for (Object value : values) {
            assertFalse(CanonicalForm.make(written(value)));
        }
    }

    @Test
    void aPairIsToldByItsBeginning() {
        assertTrue(CanonicalForm.isPair(written(new Pair(1, 2))));
        assertFalse(CanonicalForm.isPair(written(1)));
        assertFalse(CanonicalForm.isPair(new ByteBuilder(1)));
        assertEquals(CanonicalForm.TEXT, written("text").array()[0]);
    }
}
