package io.millrace.ingest.source;

import io.millrace.ingest.IngestConfig;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.SourceCounters;
import io.millrace.ingest.block.BlockCutter;
import io.millrace.ingest.ring.IngestRing;
import io.millrace.ingest.ring.RingProducer;
import io.millrace.offheap.block.Block;
import io.millrace.spi.PushPort;
import java.util.Optional;

/** What all sources have: a ring, its producing end for the driver, its consuming end for the engine. */
abstract class RingSource implements PushedSource {
    /** So long {@link #close} waits for a thread, in milliseconds of real time. */
    static final long JOIN_MS = 5_000;

    final IngestPorts ports;
    final RingProducer producer;
    final BlockCutter cutter;

    private final int streamId;
    private final String name;
    private final SourceCounters counters = new SourceCounters();
    private volatile boolean isStarted;
    private volatile boolean isStopRequested;
    private boolean isClosed;
    private long cutRows;

    RingSource(int streamId, String name, IngestConfig config, IngestPorts ports) {
        this.streamId = streamId;
        this.name = name;
        this.ports = ports;
        IngestRing ring = new IngestRing(config.ringSlabs(), ports.consumerBell());
        this.producer = new RingProducer(streamId, ring, config, ports, counters);
        this.cutter = new BlockCutter(streamId, ring, producer.positions());
    }

    @Override
    public final int streamId() {
        return streamId;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final void resumeBehind(long position) {
        producer.positions().resume(position);
    }

    @Override
    public final void start() {
        if (isStarted || isStopRequested) {
            throw new IllegalStateException(this + " is started a second time, or after it was told to stop");
        }
        isStarted = true;
        try {
            begin();
        } catch (Throwable e) {
            // Without a driver there is nothing that a stop could wait for.
            isStarted = false;
            throw e;
        }
    }

    /** Start the driver. */
    abstract void begin();

    @Override
    public final void requestStop() {
        isStopRequested = true;
        askToStop();
    }

    @Override
    public final void refuse() {
        requestStop();
        if (!isStopped()) {
            letNobodyStore();
        }
    }

    /** The driver was told to stop, and has not done so: shut the door behind which others store. */
    abstract void letNobodyStore();

    /** Tell the driver that it shall come to rest. Any thread, any number of times. */
    abstract void askToStop();

    @Override
    public final boolean isStopped() {
        return isStopRequested && (!isStarted || isAtRest());
    }

    /** Whether the driver, once told to stop, has done so. Any thread. */
    abstract boolean isAtRest();

    @Override
    public final int drain() {
        return cutter.drain();
    }

    @Override
    public final Block cut() {
        Block block = cutter.cut();
        cutRows += block == null ? 0 : block.rowCount();
        return block;
    }

    @Override
    public final long cutPosition() {
        return cutter.position();
    }

    @Override
    public final long uncutRecords() {
        return counters.records() - cutRows;
    }

    @Override
    public final boolean isCutAwaited() {
        return producer.durable().awaited() > cutRows;
    }

    @Override
    public final void durable(Block block) {
        producer.durable().advance(block.rowCount());
    }

    @Override
    public boolean isComplete() {
        return false;
    }

    @Override
    public final SourceCounters counters() {
        return counters;
    }

    @Override
    public Optional<PushPort<?>> pushPort() {
        return Optional.empty();
    }

    /**
     * Bring the driver, which was told to stop, to rest now; nobody makes room for its records any more.
     *
     * @return false when it would not: then the slabs it writes to are not safe to free
     */
    abstract boolean end();

    @Override
    public final void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        requestStop();
        // First: a receiver may wait, in its onStop, for a thread that waits for this.
        producer.durable().end();
        if (end()) {
            producer.close();
            cutter.close();
        } else {
            ports.events()
                    .warning(
                            streamId,
                            name + " did not come to rest within " + JOIN_MS
                                    + " ms; its thread and the memory it writes to stay with it");
        }
    }

    @Override
    public final String toString() {
        return name + " (stream " + streamId + ": " + counters + ")";
    }
}
