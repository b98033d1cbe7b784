package io.millrace.engine.task;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.Tuple2;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.MemoryLedger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowStoreTest {
    private final MemoryLedger ledger = new MemoryLedger(64L << 10);
    private final RowStore rows = new RowStore(ledger);

    @AfterEach
    void nothingIsHeldAfterTheClose() {
        rows.close();
        assertEquals(0, ledger.usedBytes());
    }

    private static Chunk numbers(long... values) {
        LongColumn column = new LongColumn();
        System.arraycopy(values, 0, column.values(), 0, values.length);
        Chunk chunk = new Chunk();
        chunk.set(column, values.length);
        return chunk;
    }

    private static Chunk objects(Object... values) {
        RefColumn column = new RefColumn();
        System.arraycopy(values, 0, column.values(), 0, values.length);
        Chunk chunk = new Chunk();
        chunk.set(column, values.length);
        return chunk;
    }

    private static Chunk pair(Object key, long value) {
        RefColumn keys = new RefColumn();
        keys.values()[0] = key;
        LongColumn values = new LongColumn();
        values.values()[0] = value;
        Chunk chunk = new Chunk();
        chunk.set(keys, values, 1);
        return chunk;
    }

    private static Chunk text(String text) {
        BytesColumn column = new BytesColumn();
        byte[] bytes = (text + " ".repeat(16)).getBytes(StandardCharsets.UTF_8);
        column.wrap(new UnsafeBuffer(bytes), ElementType.UTF8);
        column.ends()[0] = bytes.length - 16;
        Chunk chunk = new Chunk();
        chunk.set(column, 1);
        return chunk;
    }

    private List<Object> read(int from, int to) throws Exception {
        List<Object> records = new ArrayList<>();
        try (ChunkSource source = rows.open(from, to, new ChunkView())) {
            ChunkSink sink = chunk -> {
                for (int row = 0; row < chunk.rows(); row++) {
                    records.add(ChunkRows.record(chunk, row));
                }
            };
            while (source.next(sink)) {
                continue;
            }
        }
        return records;
    }

    @Test
    void anyPieceOfTheRowsCanBeReadAnyNumberOfTimes() throws Exception {
        for (long number = 0; number < 3000; number++) {
            rows.accept(numbers(number));
        }
        assertEquals(List.of(2999L), read(2999, 3000));
        assertEquals(List.of(), read(7, 7));
        assertEquals(3000, read(0, 3000).size());
        assertEquals(1024L, read(0, 3000).get(1024));
    }

    @Test
    void rowsOfAnotherLaneTurnThoseBeforeToObjects() throws Exception {
        rows.accept(numbers(1, 2));
        rows.accept(objects("three", null));
        rows.accept(numbers(5));
        assertEquals(Arrays.asList(1L, 2L, "three", null, 5L), read(0, 5));
    }

    @Test
    void pairsAmongOtherRowsBecomeRecords() throws Exception {
        rows.accept(pair("a", 1));
        rows.accept(numbers(2));
        rows.accept(pair("b", 3));
        assertEquals(List.of(new Tuple2<>("a", 1L), 2L, new Tuple2<>("b", 3L)), read(0, 3));
    }

    @Test
    void textsThatDoNotFitTheMemoryGoOnAsObjects() throws Exception {
        String large = "x".repeat(40_000);
        rows.accept(text("small"));
        rows.accept(text(large));
        rows.accept(text(large));
        assertEquals(List.of("small", large, large), read(0, 3));
    }

    @Test
    void clearedRowsMayBeOfAnyKindNext() throws Exception {
        rows.accept(pair("a", 1));
        rows.clear();
        assertEquals(0, rows.size());
        rows.accept(text("alone"));
        assertEquals(List.of("alone"), read(0, 1));
        rows.clear();
        rows.accept(pair("b", 2));
        assertEquals(List.of(new Tuple2<>("b", 2L)), read(0, 1));
    }
}
