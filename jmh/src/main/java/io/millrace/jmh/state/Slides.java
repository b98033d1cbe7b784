package io.millrace.jmh.state;

import io.millrace.engine.state.BatchTime;
import io.millrace.engine.state.StatefulOperator;
import io.millrace.jmh.data.Randomness;
import io.millrace.offheap.memory.MemoryLedger;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One slide of a full window of sums by key, by one worker: 10,000 of 100,000 keys come, as many leave. Results are not read. The maps
 * subtract what leaves; none of them could do without an inverse.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Slides {
    private static final int KEYS = 100_000;
    private static final int TOUCHED = 10_000;
    private static final int BATCHES = 16; // different ones, taken in turn

    /** Slides in a window. */
    @Param({"10", "1000"})
    public int slides;

    private final MemoryLedger ledger = new MemoryLedger(1L << 31);
    private final InlineSteps steps = new InlineSteps();
    private final LongPairs[] batches = new LongPairs[BATCHES];
    private final Long2LongOpenHashMap sums = new Long2LongOpenHashMap();
    private final Map<Long, Long> boxedSums = new HashMap<>();
    private StatefulOperator withInverse;
    private StatefulOperator withoutInverse;
    private long inverseMs;
    private long mergeMs;
    private int next;
    private int nextBoxed;

    @Setup(Level.Trial)
    public void fill() throws Exception {
        Randomness random = new Randomness(1);
        for (int batch = 0; batch < BATCHES; batch++) {
            batches[batch] = new LongPairs(TOUCHED, KEYS, random, ledger);
        }
        withInverse = Opened.window(slides, true, ledger);
        withoutInverse = Opened.window(slides, false, ledger);
        for (int slide = 0; slide < 2 * slides; slide++) {
            inverse();
            merge();
        }
    }

    @TearDown
    public void close() {
        withInverse.close();
        withoutInverse.close();
    }

    @Benchmark
    public void inverse() throws Exception {
        take(withInverse, ++inverseMs);
    }

    @Benchmark
    public void merge() throws Exception {
        take(withoutInverse, ++mergeMs);
    }

    private void take(StatefulOperator window, long timeMs) throws Exception {
        window.advance(new BatchTime(0, timeMs), batches[(int) (timeMs % BATCHES)], steps);
        window.commit(steps);
    }

    @Benchmark
    public void fastutil() {
        next++;
        for (long key : batches[next % BATCHES].keys()) {
            sums.addTo(key, 1);
        }
        for (long key : batches[(next + BATCHES / 2) % BATCHES].keys()) {
            sums.addTo(key, -1);
        }
    }

    @Benchmark
    public void hashMap() {
        nextBoxed++;
        for (long key : batches[nextBoxed % BATCHES].keys()) {
            boxedSums.merge(key, 1L, Long::sum);
        }
        for (long key : batches[(nextBoxed + BATCHES / 2) % BATCHES].keys()) {
            boxedSums.merge(key, -1L, Long::sum);
        }
    }
}
