package io.millrace.jmh.table;

import io.millrace.jmh.data.Randomness;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.table.LongKeyIndex;
import io.millrace.offheap.table.LongSlots;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.Arrays;
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

/** Sum per long key, a row at a time or a chunk at a time. Keys are uniform and scattered over all longs; time is per row. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LongSums {
    private static final int CHUNKS = 1_024;
    private static final int ROWS = CHUNKS * Chunk.MAX_ROWS;

    /** Distinct keys. */
    @Param({"100", "10000", "1000000"})
    public int keys;

    /** Whether each round begins with an empty table, as a batch does, or goes on with a full one, as state does. */
    @Param("false")
    public boolean fresh;

    private final long[][] keyChunks = new long[CHUNKS][Chunk.MAX_ROWS];
    private final long[] ones = new long[Chunk.MAX_ROWS];
    private final int[] slots = new int[Chunk.MAX_ROWS];

    private final LongKeyIndex index = new LongKeyIndex();
    private final LongSlots sums = new LongSlots();
    private final Long2LongOpenHashMap fastutil = new Long2LongOpenHashMap();
    private final Map<Long, Long> boxed = new HashMap<>();

    @Setup
    public void fill() {
        Randomness random = new Randomness(keys);
        for (long[] chunk : keyChunks) {
            for (int row = 0; row < chunk.length; row++) {
                chunk[row] = Randomness.mix(random.below(keys));
            }
        }
        Arrays.fill(ones, 1);
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public LongSlots indexAndSlots() {
        if (fresh) {
            index.clear();
            sums.clear();
        }
        for (long[] chunk : keyChunks) {
            index.slotsOf(chunk, chunk.length, slots);
            sums.ensure(index.size());
            sums.add(slots, ones, chunk.length);
        }
        return sums;
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Long2LongOpenHashMap fastutilMap() {
        if (fresh) {
            fastutil.clear();
        }
        for (long[] chunk : keyChunks) {
            for (int row = 0; row < chunk.length; row++) {
                fastutil.addTo(chunk[row], ones[row]);
            }
        }
        return fastutil;
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Map<Long, Long> boxedMap() {
        if (fresh) {
            boxed.clear();
        }
        for (long[] chunk : keyChunks) {
            for (int row = 0; row < chunk.length; row++) {
                boxed.merge(chunk[row], ones[row], Long::sum);
            }
        }
        return boxed;
    }
}
