package io.millrace.jmh.stage;

import io.millrace.engine.function.LaneMisses;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.function.ShapeClasses;
import io.millrace.engine.pipeline.Pipelines;
import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;
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

/**
 * Five plain operators over longs, alone in their JVM and beside four other programs, with loop classes of their own and with shared
 * ones. Time is per row that enters.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StageChain {
    private static final int CHUNKS = 64;
    private static final int ROWS = CHUNKS * Chunk.MAX_ROWS;
    private static final int ROUNDS_OF_OTHERS = 50;

    /** How many other programs have run in the same JVM before. */
    @Param({"0", "4"})
    public int others;

    private final LongColumn column = new LongColumn();
    private final Chunk chunk = new Chunk();
    private final List<ChunkSink> ownClasses = new ArrayList<>();
    private final List<ChunkSink> sharedClasses = new ArrayList<>();
    private final PairSum sum = new PairSum();

    @Setup
    public void open() throws Exception {
        column.setType(ElementType.LONG);
        for (int row = 0; row < Chunk.MAX_ROWS; row++) {
            column.values()[row] = row * 31L;
        }
        chunk.set(column, Chunk.MAX_ROWS);
        Pipelines own = new Pipelines(new LanePolicy(true, new ShapeClasses(true, 64), new LaneMisses()));
        Pipelines shared = new Pipelines(new LanePolicy(true, new ShapeClasses(false, 64), new LaneMisses()));
        for (List<PlanNode> program : Chains.all()) {
            ownClasses.add(own.open(program, sum));
            sharedClasses.add(shared.open(program, sum));
        }
        runOthers();
    }

    /** Before anything is measured: they leave their traces in the profiles. */
    private void runOthers() throws Exception {
        for (int round = 0; round < ROUNDS_OF_OTHERS; round++) {
            for (int other = 1; other <= others; other++) {
                run(ownClasses.get(other));
                run(sharedClasses.get(other));
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long loopClassesPerShape() throws Exception {
        return run(ownClasses.get(0));
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long sharedLoopClasses() throws Exception {
        return run(sharedClasses.get(0));
    }

    @Benchmark
    @OperationsPerInvocation(ROWS)
    public long byHand() {
        long total = 0;
        for (int i = 0; i < CHUNKS; i++) {
            total += Chains.byHand(column.values(), Chunk.MAX_ROWS);
        }
        return total;
    }

    private long run(ChunkSink head) throws Exception {
        sum.total = 0;
        for (int i = 0; i < CHUNKS; i++) {
            head.accept(chunk);
        }
        head.finish();
        return sum.total;
    }

    /** Reads both lanes. */
    private static final class PairSum implements ChunkSink {
        private long total;

        @Override
        public void accept(Chunk pairs) {
            long[] keys = ((LongColumn) pairs.first()).values();
            long[] values = ((LongColumn) pairs.second()).values();
            for (int row = 0, rows = pairs.rows(); row < rows; row++) {
                total += keys[row] + values[row];
            }
        }
    }
}
