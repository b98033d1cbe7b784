package io.millrace.jmh.text;

import io.millrace.ingest.ring.OfferResult;
import io.millrace.ingest.text.LineFramer;
import io.millrace.jmh.data.Lines;
import io.millrace.jmh.ring.SlabRing;
import io.millrace.offheap.block.Block;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

/**
 * Bytes with newlines in them to lines that are kept: what {@code storeLines} does, on one thread, beside what the JDK offers. Time is
 * per line of 100 bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LineFraming {
    private static final int CHUNKS = 40;
    private static final int LINES = CHUNKS * Lines.CHUNK_LINES;

    private byte[] bytes;
    private ByteBuffer direct;
    private SlabRing ring;
    private LineFramer framer;

    @Setup
    public void open() {
        bytes = Lines.zipf(CHUNKS, 10_000, 1).bytes();
        direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        ring = new SlabRing();
        framer = new LineFramer(ring.producer());
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public int framerOffHeap() {
        return frame(direct);
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public int framerOnHeap() {
        return frame(ByteBuffer.wrap(bytes));
    }

    private int frame(ByteBuffer lines) {
        int rows = 0;
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            int start = chunk * Lines.CHUNK_BYTES;
            lines.clear().position(start).limit(start + Lines.CHUNK_BYTES);
            if (framer.write(lines) == OfferResult.FULL || framer.end() == OfferResult.FULL) {
                throw new IllegalStateException("the ring is full");
            }
            Block block = ring.cutter().cut();
            rows += block.rowCount();
            block.release();
        }
        return rows;
    }

    @Benchmark
    @OperationsPerInvocation(LINES)
    public List<String> bufferedReader() throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(new ByteArrayInputStream(bytes), StandardCharsets.UTF_8));
        List<String> lines = new ArrayList<>();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    /** The least a program of strings can do. */
    @Benchmark
    @OperationsPerInvocation(LINES)
    public List<String> scanAndDecode() {
        List<String> lines = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (bytes[at] == '\n') {
                lines.add(new String(bytes, start, at - start, StandardCharsets.UTF_8));
                start = at + 1;
            }
        }
        return lines;
    }
}
