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
    private boolean isClosed;

    RingSource(int streamId, String name, IngestConfig config, IngestPorts ports) {
        this.streamId = streamId;
        this.name = name;
        this.ports = ports;
        IngestRing ring = new IngestRing(config.ringSlabs(), ports.consumerBell());
        this.producer = new RingProducer(streamId, ring, config, ports, counters);
        this.cutter = new BlockCutter(streamId, ring);
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
    public final int drain() {
        return cutter.drain();
    }

    @Override
    public final Block cut() {
        return cutter.cut();
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
     * Bring the driver to rest.
     *
     * @return false when it could not be: then its slabs are not safe to free
     */
    abstract boolean end();

    @Override
    public final void close() {
        if (isClosed) {
            return;
        }
        isClosed = true;
        requestStop();
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

    /** Wait for a thread, at most {@link #JOIN_MS}. True when it has ended; an interrupt ends the wait and stays set. */
    static boolean join(Thread thread) {
        try {
            thread.join(JOIN_MS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return !thread.isAlive();
    }

    @Override
    public final String toString() {
        return name + " (stream " + streamId + ": " + counters + ")";
    }
}
