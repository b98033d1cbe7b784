package io.millrace.jmh.state;

import io.millrace.api.function.Function2;
import io.millrace.api.function.Function3;
import io.millrace.engine.state.BatchTime;
import io.millrace.engine.state.StatefulOperator;
import io.millrace.jmh.data.Randomness;
import io.millrace.offheap.memory.MemoryLedger;
import it.unimi.dsi.fastutil.longs.Long2LongOpenHashMap;
import java.util.List;
import java.util.Optional;
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
 * One batch of 100,000 keys, each once, in a state of many, by one worker: a running sum, a lambda that sums, and a call for every key
 * that is remembered ({@code visitAll}, of 1,000,000 at the most).
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class Updates {
    private static final int TOUCHED = 100_000;
    private static final int VISITED = 1_000_000;
    private static final int BATCHES = 8; // different ones, taken in turn

    /** Keys that are remembered. */
    @Param({"1000000", "10000000"})
    public int keys;

    private final MemoryLedger ledger = new MemoryLedger(3L << 30);
    private final InlineSteps steps = new InlineSteps();
    private final LongPairs[] batches = new LongPairs[BATCHES];
    private final Long2LongOpenHashMap sums = new Long2LongOpenHashMap();
    private StatefulOperator running;
    private StatefulOperator mapped;
    private StatefulOperator updated;
    private long timeMs;

    @Setup(Level.Trial)
    public void fill() throws Exception {
        running = Opened.running(ledger);
        Function3<Long, Optional<Long>, io.millrace.api.State<Long>, Long> sum = (key, one, state) -> {
            long total = one.get() + (state.exists() ? state.get() : 0);
            state.update(total);
            return total;
        };
        mapped = Opened.mapped(sum, ledger);
        Function2<List<Long>, Optional<Long>, Optional<Long>> keep = (values, state) -> state;
        updated = Opened.update(keep, ledger);
        Randomness random = new Randomness(1);
        LongPairs all = new LongPairs(keys, keys, random, ledger);
        for (long key : all.keys()) {
            sums.put(key, 1);
        }
        take(running, all);
        take(mapped, all);
        fillVisited(new LongPairs(Math.min(keys, VISITED), Math.min(keys, VISITED), random, ledger));
        for (int batch = 0; batch < BATCHES; batch++) {
            batches[batch] = new LongPairs(TOUCHED, keys, random, ledger);
        }
    }

    private void fillVisited(LongPairs all) throws Exception {
        updated.stores().get(0).begin(0);
        for (long key : all.keys()) {
            updated.stores().get(0).put(updated.stores().get(0).handleOf(key), 1L);
        }
        updated.stores().get(0).commit();
    }

    @TearDown
    public void close() {
        running.close();
        mapped.close();
        updated.close();
    }

    private void take(StatefulOperator operator, LongPairs rows) throws Exception {
        operator.advance(new BatchTime(0, ++timeMs), rows, steps);
        operator.commit(steps);
    }

    @Benchmark
    public void runningSum() throws Exception {
        take(running, batches[(int) (timeMs % BATCHES)]);
    }

    @Benchmark
    public void lambdaSum() throws Exception {
        take(mapped, batches[(int) (timeMs % BATCHES)]);
    }

    @Benchmark
    public void visitAll() throws Exception {
        take(updated, null);
    }

    @Benchmark
    public void fastutil() {
        for (long key : batches[(int) (++timeMs % BATCHES)].keys()) {
            sums.addTo(key, 1);
        }
    }
}
