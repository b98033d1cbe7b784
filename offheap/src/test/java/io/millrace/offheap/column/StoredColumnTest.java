package io.millrace.offheap.column;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryLimitException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StoredColumnTest {
    private static final String[] TEXTS = {"", "a", "grün", "a longer text than fits into two words", "\u0000", "𝄞"};

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private static LongColumn longs(ElementType type, long... values) {
        LongColumn column = new LongColumn();
        column.setType(type);
        System.arraycopy(values, 0, column.values(), 0, values.length);
        return column;
    }

    private static BytesColumn texts(ElementType type, String... texts) {
        BytesColumn column = new BytesColumn();
        StringBuilder all = new StringBuilder();
        int at = 0;
        for (int row = 0; row < texts.length; row++) {
            all.append(texts[row]);
            column.starts()[row] = at;
            at += texts[row].getBytes(StandardCharsets.UTF_8).length;
            column.ends()[row] = at;
        }
        all.append(" ".repeat(16));
        column.wrap(new UnsafeBuffer(all.toString().getBytes(StandardCharsets.UTF_8)), type);
        return column;
    }

    private static List<Object> valuesOf(StoredColumn stored) {
        List<Object> values = new ArrayList<>();
        for (int row = 0; row < stored.size(); row++) {
            values.add(stored.get(row));
        }
        return values;
    }

    @Test
    void aValueComesBackAsTheClassItEnteredAs() {
        try (StoredColumn ints = StoredColumn.of(ElementType.INT, leaks.ledger());
                StoredColumn flags = StoredColumn.of(ElementType.BOOLEAN, leaks.ledger());
                StoredColumn floats = StoredColumn.of(ElementType.FLOAT, leaks.ledger())) {
            ints.append(longs(ElementType.INT, -1, 2), 2);
            flags.append(longs(ElementType.BOOLEAN, 1, 0), 2);
            DoubleColumn halves = new DoubleColumn();
            halves.setType(ElementType.FLOAT);
            halves.values()[0] = 0.5;
            floats.append(halves, 1);
            assertEquals(List.of(-1, 2), valuesOf(ints));
            assertEquals(List.of(true, false), valuesOf(flags));
            assertEquals(List.of(0.5f), valuesOf(floats));
        }
    }

    @Test
    void textsAreKeptByteForByteAndShownWithoutACopy() {
        try (StoredColumn stored = StoredColumn.of(ElementType.UTF8, leaks.ledger())) {
            for (int times = 0; times < 1000; times++) {
                stored.append(texts(ElementType.UTF8, TEXTS), TEXTS.length);
            }
            assertEquals(List.of(TEXTS), valuesOf(stored).subList(TEXTS.length * 999, TEXTS.length * 1000));
            BytesColumn view = new BytesColumn();
            stored.read(TEXTS.length * 500 + 1, 3, view);
            assertEquals(TEXTS[1], view.get(0));
            assertEquals(TEXTS[3], view.get(2));
        }
    }

    @Test
    void someRowsOfAColumnMayBeAppendedAndRowsReadInAnyOrder() {
        int[] selected = {9, 4, 0, 2, 9};
        try (StoredColumn numbers = StoredColumn.of(ElementType.LONG, leaks.ledger());
                StoredColumn words = StoredColumn.of(ElementType.UTF8, leaks.ledger())) {
            numbers.append(longs(ElementType.LONG, 10, 11, 12, 13, 14), selected, 1, 3);
            words.append(texts(ElementType.UTF8, "a", "b", "c", "d", "e"), selected, 1, 3);
            assertEquals(List.of(14L, 10L, 12L), valuesOf(numbers));
            assertEquals(List.of("e", "a", "c"), valuesOf(words));
            LongColumn shown = new LongColumn();
            numbers.read(new int[] {2, 2, 0}, 0, 3, shown);
            assertArrayEquals(new long[] {12, 12, 14}, Arrays.copyOf(shown.values(), 3));
            BytesColumn texts = new BytesColumn();
            words.read(new int[] {7, 1, 0}, 1, 2, texts);
            assertEquals("a", texts.get(0));
            assertEquals("e", texts.get(1));
        }
    }

    @Test
    void aColumnThatTurnsToObjectsKeepsItsValues() {
        try (StoredColumn words = StoredColumn.of(ElementType.UTF8, leaks.ledger())) {
            words.append(texts(ElementType.UTF8, TEXTS), TEXTS.length);
            StoredColumn objects = words.turned();
            assertEquals(ElementType.REF, objects.type());
            assertEquals(List.of(TEXTS), valuesOf(objects));
        }
    }

    @Test
    void aClearedColumnIsEmptyAndTakesNewRows() {
        try (StoredColumn words = StoredColumn.of(ElementType.UTF8, leaks.ledger())) {
            words.append(texts(ElementType.UTF8, TEXTS), TEXTS.length);
            words.clear();
            assertEquals(0, words.size());
            words.append(texts(ElementType.UTF8, "next"), 1);
            assertEquals(List.of("next"), valuesOf(words));
        }
    }

    @Test
    void whereTheLedgerHasNoRoomNothingIsAppended() {
        MemoryLedger small = new MemoryLedger(8192);
        StoredColumn words = StoredColumn.of(ElementType.UTF8, small);
        words.append(texts(ElementType.UTF8, "kept"), 1);
        String large = "x".repeat(10_000);
        assertThrows(MemoryLimitException.class, () -> words.append(texts(ElementType.UTF8, large), 1));
        assertEquals(List.of("kept"), valuesOf(words));
        words.close();
        LeakCheck.assertNothingHeld(small);
    }
}
