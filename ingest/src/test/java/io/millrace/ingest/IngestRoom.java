package io.millrace.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.ingest.net.SocketPort;
import io.millrace.ingest.record.ProgramClasses;
import io.millrace.ingest.wait.Doorbell;
import io.millrace.offheap.block.Block;
import io.millrace.offheap.block.BlockReader;
import io.millrace.offheap.block.SlabPool;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.memory.MemoryLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.NanoClock;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * All that a source is given, for a test: a clock that is stepped, memory that must all have come back in the end, and a
 * list of everything the source told.
 */
public final class IngestRoom implements AfterEachCallback {
    private long maxBytes = 64 << 20;
    private int ringSlabs = 8;
    private int slabBytes = 1024;
    private int maxRecordBytes = 16 << 10;
    private long maxHeldRecords = 1_000;
    private long maxRecordsPerSecond = IngestConfig.UNLIMITED;
    private boolean callerDriven = true;
    private boolean isLogged;
    private List<Class<?>> registered = List.of();
    private SocketPort sockets = address -> {
        throw new AssertionError("no network in this test, but a connection to " + address);
    };

    private final AtomicLong nanos = new AtomicLong(1_000_000_000);
    private final Doorbell consumerBell = new Doorbell();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<AutoCloseable> toClose = new ArrayList<>();
    private MemoryLedger ledger;
    private SlabPool slabs;

    public IngestRoom maxBytes(long bytes) {
        maxBytes = bytes;
        return this;
    }

    public IngestRoom ringSlabs(int places) {
        ringSlabs = places;
        return this;
    }

    public IngestRoom slabBytes(int bytes) {
        slabBytes = bytes;
        return this;
    }

    public IngestRoom maxRecordBytes(int bytes) {
        maxRecordBytes = bytes;
        return this;
    }

    public IngestRoom maxHeldRecords(long records) {
        maxHeldRecords = records;
        return this;
    }

    public IngestRoom maxRecordsPerSecond(long records) {
        maxRecordsPerSecond = records;
        return this;
    }

    public IngestRoom sockets(SocketPort port) {
        sockets = port;
        return this;
    }

    public IngestRoom registered(Class<?>... classes) {
        registered = List.of(classes);
        return this;
    }

    public IngestRoom logged() {
        isLogged = true;
        return this;
    }

    public IngestRoom withThreads() {
        callerDriven = false;
        return this;
    }

    public MemoryLedger ledger() {
        if (ledger == null) {
            ledger = new MemoryLedger(maxBytes);
        }
        return ledger;
    }

    public SlabPool slabs() {
        if (slabs == null) {
            slabs = new SlabPool(ledger(), slabBytes, 4);
        }
        return slabs;
    }

    public NanoClock clock() {
        return nanos::get;
    }

    public void stepMs(long ms) {
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(ms));
    }

    public long nowNanos() {
        return nanos.get();
    }

    public Doorbell consumerBell() {
        return consumerBell;
    }

    public IngestConfig config() {
        // The pool's slabs are smaller than a program may set them, so that every test comes to the end of some.
        return new IngestConfig(
                200,
                ringSlabs,
                IngestConfig.MIN_SLAB_BYTES,
                maxRecordBytes,
                maxHeldRecords,
                2_000,
                maxRecordsPerSecond,
                isLogged);
    }

    public IngestPorts ports() {
        return ports(events());
    }

    public IngestPorts ports(IngestEvents events) {
        return new IngestPorts(
                ledger(),
                slabs(),
                clock(),
                Thread::new,
                sockets,
                consumerBell,
                events,
                callerDriven,
                false,
                new ObjectEncoding(ProgramClasses.of(registered)));
    }

    /** What the source told, one line each, oldest first: {@code started 0 socket a:1}. */
    public List<String> told() {
        return told;
    }

    /** Close it when the test is over, last one first. */
    public <T extends AutoCloseable> T closing(T closeable) {
        toClose.add(0, closeable);
        return closeable;
    }

    private IngestEvents events() {
        return new IngestEvents() {
            @Override
            public void receiverStarted(int streamId, String name) {
                told.add("started " + streamId + " " + name);
            }

            @Override
            public void receiverStopped(int streamId, String message, Throwable error) {
                told.add("stopped " + streamId + " " + message + because(error));
            }

            @Override
            public void receiverError(int streamId, String message, Throwable error) {
                told.add("error " + streamId + " " + message + because(error));
            }

            @Override
            public void warning(int streamId, String message) {
                told.add("warning " + streamId + " " + message);
            }
        };
    }

    private static String because(Throwable error) {
        return error == null ? "" : " <- " + error.getMessage();
    }

    /** The records of a block, in order, as objects; the block is released. No block: no records. */
    public static List<Object> recordsOf(Block block) {
        List<Object> records = new ArrayList<>();
        if (block != null) {
            BlockReader reader = block.reader();
            Chunk chunk = new Chunk();
            while (reader.next(chunk)) {
                for (int row = 0; row < chunk.rows(); row++) {
                    records.add(chunk.first().get(row));
                }
            }
            assertEquals(records.size(), block.rowCount());
            block.release();
        }
        return records;
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        close();
    }

    /** Close everything and look whether all memory has come back; for a room that a test made for itself. */
    public void close() throws Exception {
        for (AutoCloseable each : toClose) {
            each.close();
        }
        toClose.clear();
        if (slabs != null) {
            assertEquals(0, slabs.heldCount(), "slabs still held");
            slabs.close();
        }
        if (ledger != null) {
            LeakCheck.assertNothingHeld(ledger);
        }
    }
}
