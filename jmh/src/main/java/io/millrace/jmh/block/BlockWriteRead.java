package io.millrace.jmh.block;

import io.millrace.jmh.data.Lines;
import io.millrace.offheap.block.Block;
import io.millrace.offheap.block.BlockId;
import io.millrace.offheap.block.BlockReader;
import io.millrace.offheap.block.Slab;
import io.millrace.offheap.block.SlabPool;
import io.millrace.offheap.block.SlabSlice;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryLedger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** 100,000 lines of 100 bytes, kept until they are read: as a block of slabs, as a list of arrays, as a list of strings. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class BlockWriteRead {
    private static final int CHUNKS = 100;
    private static final int RECORDS = CHUNKS * Lines.CHUNK_LINES;
    private static final int RECORD_BYTES = Lines.LINE_BYTES - 1;
    private static final int MEMORY = 128 << 20;

    private byte[] bytes;
    private SlabPool slabs;
    private Block block;
    private List<byte[]> arrays;
    private List<String> strings;
    private final BlockReader reader = new BlockReader();
    private final Chunk chunk = new Chunk();

    @Setup
    public void open() {
        bytes = Lines.zipf(CHUNKS, 10_000, 1).bytes();
        slabs = new SlabPool(
                new MemoryLedger(MEMORY), SlabPool.DEFAULT_SLAB_BYTES, MEMORY / SlabPool.DEFAULT_SLAB_BYTES);
        block = newBlock();
        arrays = newArrays();
        strings = newStrings();
    }

    @TearDown
    public void close() {
        block.release();
        slabs.close();
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public int writeBlock() {
        Block written = newBlock();
        written.release();
        return written.rowCount();
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public List<byte[]> writeArrays() {
        return newArrays();
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public List<String> writeStrings() {
        return newStrings();
    }

    private Block newBlock() {
        List<SlabSlice> slices = new ArrayList<>();
        int at = 0;
        while (at < bytes.length) {
            Slab slab = slabs.tryAcquire(ElementType.UTF8);
            while (at < bytes.length && slab.appendBytes(bytes, at, RECORD_BYTES)) {
                at += Lines.LINE_BYTES;
            }
            slab.publish(0);
            slab.retain();
            slab.seal();
            slices.add(new SlabSlice(slab, 0, slab.publishedRows()));
        }
        return new Block(new BlockId(0, 0), slices, 0);
    }

    private List<byte[]> newArrays() {
        List<byte[]> copies = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += Lines.LINE_BYTES) {
            copies.add(Arrays.copyOfRange(bytes, at, at + RECORD_BYTES));
        }
        return copies;
    }

    private List<String> newStrings() {
        List<String> decoded = new ArrayList<>();
        for (int at = 0; at < bytes.length; at += Lines.LINE_BYTES) {
            decoded.add(new String(bytes, at, RECORD_BYTES, StandardCharsets.UTF_8));
        }
        return decoded;
    }

    /** Reading is looking at the first and the last byte. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long readBlock() {
        long sum = 0;
        reader.reset(block);
        while (reader.next(chunk)) {
            BytesColumn records = (BytesColumn) chunk.first();
            UnsafeBuffer buffer = records.buffer();
            int[] starts = records.starts();
            int[] ends = records.ends();
            for (int row = 0, rows = chunk.rows(); row < rows; row++) {
                sum += buffer.getByte(starts[row]) + buffer.getByte(ends[row] - 1);
            }
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long readArrays() {
        long sum = 0;
        for (byte[] record : arrays) {
            sum += record[0] + record[record.length - 1];
        }
        return sum;
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public long readStrings() {
        long sum = 0;
        for (String record : strings) {
            sum += record.charAt(0) + record.charAt(record.length() - 1);
        }
        return sum;
    }
}
