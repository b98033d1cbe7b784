package io.millrace.jmh.text;

import io.millrace.api.Tuple2;
import io.millrace.api.function.Fields;
import io.millrace.api.function.PairFunction;
import io.millrace.api.function.Typed;
import io.millrace.engine.function.LaneMisses;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.function.ShapeClasses;
import io.millrace.engine.pipeline.Pipelines;
import io.millrace.engine.task.ChunkSink;
import io.millrace.jmh.data.Randomness;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Shape;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Two of six fields of a line such as {@code 1700000042,eu-west-3,GET,/page/417,200,0.125}; time is per line. The lanes begin with
 * bytes and end with columns, the others with strings they are given.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FieldExtraction {
    private static final int CHUNKS = 100;
    private static final int CHUNK_LINES = 1_000;
    private static final int LINES = CHUNKS * CHUNK_LINES;
    private static final String[] REGIONS = {"eu-west-1", "eu-west-3", "us-east-1", "ap-south-1"};

    private final MemoryLedger ledger = new MemoryLedger(64 << 20);
    private final BytesColumn column = new BytesColumn();
    private final Chunk chunk = new Chunk();
    private final ColumnSum sum = new ColumnSum();
    private final PairFunction<String, String, Long> textAndLong =
            Typed.pair(Fields.textAt(1, ','), Fields.longAt(4, ','));
    private final PairFunction<String, Long, Long> twoLongs =
            Typed.longPair(Fields.longAt(0, ','), Fields.longAt(4, ','));
    private final PairFunction<String, String, Double> textAndDouble =
            Typed.pair(Fields.textAt(1, ','), Fields.doubleAt(5, ','));
    private final int[] ends = new int[LINES];
    private final String[] strings = new String[LINES];
    private MemoryRegion region;

    @Setup
    public void open() {
        Randomness random = new Randomness(1);
        StringBuilder all = new StringBuilder();
        for (int line = 0; line < LINES; line++) {
            int start = all.length();
            all.append(1_700_000_000 + line).append(',').append(REGIONS[random.below(REGIONS.length)]);
            all.append(",GET,/page/").append(random.below(10_000)).append(',').append(200 + random.below(300));
            all.append(",0.").append(100 + random.below(900));
            strings[line] = all.substring(start);
            ends[line] = all.length();
            all.append('\n');
        }
        byte[] bytes = all.toString().getBytes(StandardCharsets.US_ASCII);
        region = ledger.allocate(MemoryUse.TABLE, bytes.length);
        region.buffer().putBytes(0, bytes);
        column.wrap(region.buffer(), ElementType.UTF8);
    }

    @TearDown
    public void close() {
        region.close();
    }

    private ChunkSink laneOf(PairFunction<String, ?, ?> function) {
        Pipelines pipelines = new Pipelines(new LanePolicy(true, new ShapeClasses(true, 16), new LaneMisses()));
        OperatorId id = new OperatorId("fields");
        return pipelines.open(List.of(new PlanNode.RowMap(id, id, Shape.PAIR, function)), sum);
    }

    private long runLane(ChunkSink lane) throws Exception {
        sum.total = 0;
        for (int first = 0; first < LINES; first += CHUNK_LINES) {
            for (int row = 0; row < CHUNK_LINES; row++) {
                int line = first + row;
                column.starts()[row] = line == 0 ? 0 : ends[line - 1] + 1;
                column.ends()[row] = ends[line];
            }
            chunk.set(column, CHUNK_LINES);
            lane.accept(chunk);
        }
        lane.finish();
        return sum.total;
    }

    private final ChunkSink textAndLongLane = laneOf(textAndLong);
    private final ChunkSink twoLongsLane = laneOf(twoLongs);
    private final ChunkSink textAndDoubleLane = laneOf(textAndDouble);

    @Benchmark
    @OperationsPerInvocation(LINES)
    public long textAndLongLane() throws Exception {
        return runLane(textAndLongLane);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public long twoLongsLane() throws Exception {
        return runLane(twoLongsLane);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public long textAndDoubleLane() throws Exception {
        return runLane(textAndDoubleLane);
    }

    /** The recognised function as an ordinary one. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public long textAndLongCalled() throws Exception {
        long total = 0;
        for (String line : strings) {
            Tuple2<String, Long> pair = textAndLong.call(line);
            total += pair._1.length() + pair._2;
        }
        return total;
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public long textAndLongSplit() {
        long total = 0;
        for (String line : strings) {
            String[] fields = line.split(",");
            total += fields[1].length() + Long.parseLong(fields[4]);
        }
        return total;
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public long twoLongsSplit() {
        long total = 0;
        for (String line : strings) {
            String[] fields = line.split(",");
            total += Long.parseLong(fields[0]) + Long.parseLong(fields[4]);
        }
        return total;
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public long textAndDoubleSplit() {
        double total = 0;
        for (String line : strings) {
            String[] fields = line.split(",");
            total += fields[1].length() + Double.parseDouble(fields[5]);
        }
        return (long) total;
    }

    /** Reads every key and value. */
    private static final class ColumnSum implements ChunkSink {
        private long total;

        @Override
        public void accept(Chunk pairs) {
            int rows = pairs.rows();
            if (pairs.first() instanceof BytesColumn texts) {
                for (int row = 0; row < rows; row++) {
                    total += texts.ends()[row] - texts.starts()[row];
                }
            } else {
                long[] keys = ((LongColumn) pairs.first()).values();
                for (int row = 0; row < rows; row++) {
                    total += keys[row];
                }
            }
            if (pairs.second() instanceof LongColumn longs) {
                for (int row = 0; row < rows; row++) {
                    total += longs.values()[row];
                }
            } else {
                double doubles = 0;
                for (int row = 0; row < rows; row++) {
                    doubles += ((DoubleColumn) pairs.second()).values()[row];
                }
                total += (long) doubles;
            }
        }
    }
}
