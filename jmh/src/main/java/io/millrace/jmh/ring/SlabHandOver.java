package io.millrace.jmh.ring;

import io.millrace.ingest.ring.OfferResult;
import io.millrace.ingest.ring.RecordWriter;
import io.millrace.ingest.ring.RingProducer;
import io.millrace.ingest.text.LineFramer;
import io.millrace.jmh.data.Lines;
import io.millrace.offheap.block.Block;
import io.millrace.offheap.block.BlockReader;
import io.millrace.offheap.block.Slab;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
 * Our ring, with the waiting of the engine's defaults: a consumer that sleeps on its bell, a producer that parks when the ring is
 * full. Beside {@link QueueHandOver}. Needs two cores.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class SlabHandOver {
    static final int CHUNKS = 500;
    static final int RECORDS = CHUNKS * Lines.CHUNK_LINES;
    static final int RECORD_BYTES = Lines.LINE_BYTES - 1;

    private SlabRing ring;
    private RingProducer producer;
    private RecordWriter writer;
    private LineFramer framer;
    private BlockConsumer consumer;
    private byte[] bytes;
    private ByteBuffer direct;
    private long sent;

    @Setup
    public void open() {
        bytes = Lines.zipf(CHUNKS, 10_000, 1).bytes();
        direct = ByteBuffer.allocateDirect(bytes.length).put(bytes);
        ring = new SlabRing();
        producer = ring.producer();
        writer = new RecordWriter(producer, RECORDS);
        framer = new LineFramer(producer);
        consumer = new BlockConsumer(ring);
        consumer.start();
    }

    @TearDown
    public void close() throws InterruptedException {
        consumer.stop();
    }

    /** Each record checked and published by itself. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void perRecord() {
        for (int at = 0; at < bytes.length; at += Lines.LINE_BYTES) {
            while (writer.writeUtf8(bytes, at, RECORD_BYTES) == OfferResult.FULL) {
                pause();
            }
        }
        awaitAll();
    }

    /** A slab filled with copies, then published once. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void perSlab() {
        int at = 0;
        while (at < bytes.length) {
            Slab slab = producer.take(ElementType.UTF8);
            if (slab == null) {
                pause();
                continue;
            }
            producer.use(slab);
            while (at < bytes.length && slab.appendBytes(bytes, at, RECORD_BYTES)) {
                at += Lines.LINE_BYTES;
            }
            producer.publish(slab.rows(), (long) slab.rows() * RECORD_BYTES);
        }
        awaitAll();
    }

    /** {@code storeLines}: bytes with newlines in them, framed on the way; 100 kB at a time. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void linesOffHeap() {
        frame(direct);
    }

    /** The same from an array. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void linesOnHeap() {
        frame(ByteBuffer.wrap(bytes));
    }

    private void frame(ByteBuffer lines) {
        for (int chunk = 0; chunk < CHUNKS; chunk++) {
            int start = chunk * Lines.CHUNK_BYTES;
            lines.clear().position(start).limit(start + Lines.CHUNK_BYTES);
            while (framer.write(lines) == OfferResult.FULL || framer.end() == OfferResult.FULL) {
                pause();
            }
        }
        awaitAll();
    }

    private void awaitAll() {
        sent += RECORDS;
        consumer.await(sent);
    }

    private static void pause() {
        LockSupport.parkNanos(1_000);
    }

    /** Sleeps until the bell rings or some time is over, then cuts a block and reads it. */
    private static final class BlockConsumer extends Consumer {
        private static final long MAX_WAIT_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

        private final SlabRing ring;
        private final BlockReader reader = new BlockReader();
        private final Chunk chunk = new Chunk();

        BlockConsumer(SlabRing ring) {
            this.ring = ring;
        }

        @Override
        int consume() {
            ring.consumerBell().await(MAX_WAIT_NANOS);
            Block block = ring.cutter().cut();
            if (block == null) {
                return 0;
            }
            reader.reset(block);
            while (reader.next(chunk)) {
                BytesColumn records = (BytesColumn) chunk.first();
                int[] starts = records.starts();
                for (int row = 0; row < chunk.rows(); row++) {
                    lookAt(records.buffer().getByte(starts[row]));
                }
            }
            block.release();
            return block.rowCount();
        }
    }
}
