package io.millrace.jmh.ring;

import io.millrace.ingest.IngestConfig;
import io.millrace.ingest.IngestEvents;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.SourceCounters;
import io.millrace.ingest.block.BlockCutter;
import io.millrace.ingest.ring.IngestRing;
import io.millrace.ingest.ring.RingProducer;
import io.millrace.ingest.wait.Doorbell;
import io.millrace.offheap.block.SlabPool;
import io.millrace.offheap.memory.MemoryLedger;
import org.agrona.concurrent.SystemNanoClock;

/** A source's ring as the engine sets it up, both ends open. */
public final class SlabRing {
    private static final int PLACES = 128;
    private static final long MEMORY = 256L << 20;
    private static final int MAX_RECORD_BYTES = 1 << 20;
    private static final int MAX_HELD_RECORDS = 1_000_000;

    private final Doorbell consumerBell = new Doorbell();
    private final RingProducer producer;
    private final BlockCutter cutter;

    /** An empty ring. */
    public SlabRing() {
        MemoryLedger ledger = new MemoryLedger(MEMORY);
        IngestConfig config = new IngestConfig(
                200,
                PLACES,
                SlabPool.DEFAULT_SLAB_BYTES,
                MAX_RECORD_BYTES,
                MAX_HELD_RECORDS,
                0,
                IngestConfig.UNLIMITED);
        IngestPorts ports = new IngestPorts(
                ledger,
                new SlabPool(ledger, SlabPool.DEFAULT_SLAB_BYTES, (int) (MEMORY / SlabPool.DEFAULT_SLAB_BYTES)),
                SystemNanoClock.INSTANCE,
                Thread::new,
                address -> {
                    throw new IllegalStateException("no network here");
                },
                consumerBell,
                new Silent(),
                false,
                false);
        IngestRing ring = new IngestRing(PLACES, consumerBell);
        producer = new RingProducer(0, ring, config, ports, new SourceCounters());
        cutter = new BlockCutter(0, ring);
    }

    /** The producing end. One thread at a time. */
    public RingProducer producer() {
        return producer;
    }

    /** The consuming end. One thread at a time. */
    public BlockCutter cutter() {
        return cutter;
    }

    /** Rung when a quarter of the ring is taken. */
    Doorbell consumerBell() {
        return consumerBell;
    }

    private static final class Silent implements IngestEvents {
        @Override
        public void receiverStarted(int streamId, String name) {}

        @Override
        public void receiverStopped(int streamId, String message, Throwable error) {}

        @Override
        public void receiverError(int streamId, String message, Throwable error) {}

        @Override
        public void warning(int streamId, String message) {
            throw new IllegalStateException(message);
        }
    }
}
