package io.millrace.offheap.column;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class ColumnTest {

    @Test
    void aValueLeavesItsLaneAsTheClassItEntered() {
        LongColumn longs = new LongColumn();
        longs.values()[3] = -7;
        assertEquals(-7L, longs.get(3));
        longs.setType(ElementType.INT);
        assertEquals(-7, longs.get(3));
        longs.setType(ElementType.BOOLEAN);
        assertEquals(true, longs.get(3));
        assertEquals(false, longs.get(4));

        DoubleColumn doubles = new DoubleColumn();
        doubles.values()[0] = 1.5;
        assertEquals(1.5, doubles.get(0));
        doubles.setType(ElementType.FLOAT);
        assertEquals(1.5f, doubles.get(0));

        byte[] text = "a wörd".getBytes(StandardCharsets.UTF_8);
        BytesColumn bytes = new BytesColumn();
        bytes.wrap(new UnsafeBuffer(text), ElementType.UTF8);
        bytes.starts()[0] = 2;
        bytes.ends()[0] = text.length;
        assertEquals("wörd", bytes.get(0));
        bytes.wrap(new UnsafeBuffer(text), ElementType.BYTES);
        assertArrayEquals("wörd".getBytes(StandardCharsets.UTF_8), (byte[]) bytes.get(0));

        RefColumn refs = new RefColumn();
        Object thing = new Object();
        refs.values()[1] = thing;
        assertSame(thing, refs.get(1));
        refs.clear(2);
        assertNull(refs.get(1));
    }

    @Test
    void textOfAnyLengthIsReadWhole() {
        String text = "é".repeat(5000);
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        BytesColumn column = new BytesColumn();
        column.wrap(new UnsafeBuffer(utf8), ElementType.UTF8);
        column.ends()[0] = utf8.length;
        assertEquals(text, column.text(0));
        assertEquals("", column.text(1));
    }

    @Test
    void aTypeOfAnotherLaneIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new LongColumn().setType(ElementType.DOUBLE));
        assertThrows(IllegalArgumentException.class, () -> new DoubleColumn().setType(ElementType.LONG));
        assertThrows(
                IllegalArgumentException.class,
                () -> new BytesColumn().wrap(new UnsafeBuffer(new byte[1]), ElementType.REF));
    }

    @Test
    void theTypeOfAnObjectFollowsItsClass() {
        assertEquals(ElementType.INT, ElementType.of(1));
        assertEquals(ElementType.LONG, ElementType.of(1L));
        assertEquals(ElementType.DOUBLE, ElementType.of(1d));
        assertEquals(ElementType.FLOAT, ElementType.of(1f));
        assertEquals(ElementType.BOOLEAN, ElementType.of(true));
        assertEquals(ElementType.REF, ElementType.of("text"));
        assertEquals(ElementType.REF, ElementType.of(new byte[0]));
        assertEquals(ElementType.REF, ElementType.of((short) 1));
        assertEquals(ElementType.REF, ElementType.of(null));
    }

    @Test
    void aChunkOfPairsHasTwoColumnsAndOneOfValuesHasOne() {
        Chunk chunk = new Chunk();
        LongColumn keys = new LongColumn();
        DoubleColumn values = new DoubleColumn();
        chunk.set(keys, values, 10);
        assertTrue(chunk.isPair());
        assertSame(keys, chunk.first());
        assertSame(values, chunk.second());
        assertEquals(10, chunk.rows());

        chunk.set(values, 0);
        assertFalse(chunk.isPair());
        assertNull(chunk.second());
        assertEquals(0, chunk.rows());
    }

    @Test
    void aChunkOfMoreRowsThanItsColumnsHoldIsRefused() {
        Chunk chunk = new Chunk();
        chunk.set(new LongColumn(), Chunk.MAX_ROWS);
        assertThrows(IllegalArgumentException.class, () -> chunk.set(new LongColumn(), Chunk.MAX_ROWS + 1));
        assertThrows(IllegalArgumentException.class, () -> chunk.set(new LongColumn(), -1));
    }

    @Test
    void fillGivesTheFirstRowsOneValue() {
        LongColumn longs = new LongColumn();
        longs.fill(5, 3);
        assertEquals(5, longs.values()[2]);
        assertEquals(0, longs.values()[3]);
        DoubleColumn doubles = new DoubleColumn();
        doubles.fill(0.5, Chunk.MAX_ROWS);
        assertEquals(0.5, doubles.values()[Chunk.MAX_ROWS - 1]);
    }
}
