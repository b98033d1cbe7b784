package io.millrace.jmh.text;

import io.millrace.engine.lane.TextSplitStep;
import io.millrace.engine.task.ChunkSink;
import io.millrace.jmh.data.Lines;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;
import java.util.StringTokenizer;
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

/** A line of about 15 words to its words; time is per line. The lane begins with bytes, the others with strings they are given. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LineSplit {
    private static final int CHUNKS = 100;
    private static final int LINES = CHUNKS * Lines.CHUNK_LINES;

    private final MemoryLedger ledger = new MemoryLedger(64 << 20);
    private final BytesColumn column = new BytesColumn();
    private final Chunk chunk = new Chunk();
    private final LengthSum sum = new LengthSum();
    private final ChunkSink lane = new TextSplitStep(' ', sum, () -> {
        throw new IllegalStateException("the lane was left");
    });
    private MemoryRegion region;
    private String[] strings;

    @Setup
    public void open() {
        Lines lines = Lines.zipf(CHUNKS, 10_000, 1);
        strings = lines.strings();
        region = ledger.allocate(MemoryUse.TABLE, lines.bytes().length);
        region.buffer().putBytes(0, lines.bytes());
        column.wrap(region.buffer(), ElementType.UTF8);
    }

    @TearDown
    public void close() {
        region.close();
    }

    /** {@code Text.split(' ')} over bytes; the filling of the (start, end) pairs of the lines is included. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public long textSplitLane() throws Exception {
        sum.total = 0;
        for (int first = 0; first < LINES; first += Lines.CHUNK_LINES) {
            for (int row = 0; row < Lines.CHUNK_LINES; row++) {
                column.starts()[row] = (first + row) * Lines.LINE_BYTES;
                column.ends()[row] = (first + row) * Lines.LINE_BYTES + Lines.LINE_BYTES - 1;
            }
            chunk.set(column, Lines.CHUNK_LINES);
            lane.accept(chunk);
        }
        lane.finish();
        return sum.total;
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public long stringSplit() {
        long total = 0;
        for (String line : strings) {
            for (String word : line.split(" ")) {
                total += word.length();
            }
        }
        return total;
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public long stringTokenizer() {
        long total = 0;
        for (String line : strings) {
            StringTokenizer words = new StringTokenizer(line, " ");
            while (words.hasMoreTokens()) {
                total += words.nextToken().length();
            }
        }
        return total;
    }

    /** Reads every word's bounds. */
    private static final class LengthSum implements ChunkSink {
        private long total;

        @Override
        public void accept(Chunk words) {
            BytesColumn bounds = (BytesColumn) words.first();
            int[] starts = bounds.starts();
            int[] ends = bounds.ends();
            for (int row = 0, rows = words.rows(); row < rows; row++) {
                total += ends[row] - starts[row];
            }
        }
    }
}
