package io.millrace.jmh.table;

import io.millrace.jmh.data.Randomness;
import io.millrace.jmh.data.Vocabulary;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;
import io.millrace.offheap.table.BytesKeyIndex;
import io.millrace.offheap.table.LongSlots;
import io.millrace.offheap.table.RefKeyIndex;
import it.unimi.dsi.fastutil.objects.Object2IntOpenHashMap;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Count per word, words uniform, from the same bytes: by the byte index, and by tables of strings, where each row is made a string
 * first, as in a program of plain lambdas. Time is per row, that string included.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TextSums {
    private static final int CHUNKS = 256;
    private static final int ROWS = CHUNKS * Chunk.MAX_ROWS;
    private static final long MEMORY = 512L << 20;

    /** Distinct keys. */
    @Param({"100", "10000", "1000000"})
    public int keys;

    /** Whether each round begins with an empty table, as a batch does. */
    @Param("false")
    public boolean fresh;

    private final BytesColumn[] bytes = new BytesColumn[CHUNKS];
    private byte[] array;
    private MemoryRegion region;

    private final int[] slots = new int[Chunk.MAX_ROWS];
    private final Object[] row = new Object[Chunk.MAX_ROWS];
    private final MemoryLedger ledger = new MemoryLedger(MEMORY);
    private final BytesKeyIndex bytesIndex = new BytesKeyIndex(ledger);
    private final RefKeyIndex refIndex = new RefKeyIndex();
    private final LongSlots sums = new LongSlots();
    private final Object2IntOpenHashMap<String> fastutil = new Object2IntOpenHashMap<>();
    private final Map<String, Integer> boxed = new HashMap<>();

    @Setup
    public void fill() {
        Vocabulary words = new Vocabulary(keys);
        Randomness random = new Randomness(keys);
        byte[][] drawn = new byte[ROWS][];
        int length = 0;
        for (int i = 0; i < ROWS; i++) {
            drawn[i] = words.get(random.below(keys));
            length += drawn[i].length + 1;
        }
        array = new byte[length];
        region = ledger.allocate(MemoryUse.TABLE, length);
        int at = 0;
        for (int i = 0; i < ROWS; i++) {
            if (i % Chunk.MAX_ROWS == 0) {
                bytes[i / Chunk.MAX_ROWS] = new BytesColumn();
                bytes[i / Chunk.MAX_ROWS].wrap(region.buffer(), ElementType.UTF8);
            }
            BytesColumn column = bytes[i / Chunk.MAX_ROWS];
            System.arraycopy(drawn[i], 0, array, at, drawn[i].length);
            column.starts()[i % Chunk.MAX_ROWS] = at;
            column.ends()[i % Chunk.MAX_ROWS] = at + drawn[i].length;
            at += drawn[i].length + 1;
        }
        region.buffer().putBytes(0, array);
    }

    @TearDown
    public void close() {
        bytesIndex.close();
        region.close();
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public LongSlots bytesIndexAndSlots() {
        if (fresh) {
            bytesIndex.clear();
            sums.clear();
        }
        for (BytesColumn chunk : bytes) {
            bytesIndex.slotsOf(chunk, Chunk.MAX_ROWS, slots);
            sums.ensure(bytesIndex.size());
            sums.add(slots, 1, Chunk.MAX_ROWS);
        }
        return sums;
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public LongSlots stringsIndexAndSlots() {
        if (fresh) {
            refIndex.clear();
            sums.clear();
        }
        for (BytesColumn chunk : bytes) {
            for (int i = 0; i < Chunk.MAX_ROWS; i++) {
                row[i] = string(chunk, i);
            }
            refIndex.slotsOf(row, Chunk.MAX_ROWS, slots);
            sums.ensure(refIndex.size());
            sums.add(slots, 1, Chunk.MAX_ROWS);
        }
        return sums;
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Object2IntOpenHashMap<String> stringsFastutilMap() {
        if (fresh) {
            fastutil.clear();
        }
        for (BytesColumn chunk : bytes) {
            for (int i = 0; i < Chunk.MAX_ROWS; i++) {
                fastutil.addTo(string(chunk, i), 1);
            }
        }
        return fastutil;
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Map<String, Integer> stringsBoxedMap() {
        if (fresh) {
            boxed.clear();
        }
        for (BytesColumn chunk : bytes) {
            for (int i = 0; i < Chunk.MAX_ROWS; i++) {
                boxed.merge(string(chunk, i), 1, Integer::sum);
            }
        }
        return boxed;
    }

    private String string(BytesColumn chunk, int i) {
        int start = chunk.starts()[i];
        return new String(array, start, chunk.ends()[i] - start, StandardCharsets.UTF_8);
    }
}
