package io.millrace.ingest;

import io.millrace.ingest.block.BlockCutter;
import io.millrace.ingest.ring.IngestRing;
import io.millrace.ingest.ring.RecordWriter;
import io.millrace.ingest.ring.RingProducer;
import java.util.List;

/** A ring with both its ends, without any source. */
public final class Flow implements AutoCloseable {
    public final SourceCounters counters = new SourceCounters();
    public final RingProducer producer;
    public final RecordWriter writer;
    public final BlockCutter cutter;

    /** As the room says; closed with it. */
    public Flow(IngestRoom room) {
        IngestRing ring = new IngestRing(room.config().ringSlabs(), room.consumerBell());
        producer = new RingProducer(0, ring, room.config(), room.ports(), counters);
        writer = new RecordWriter(producer, room.config().maxHeldRecords());
        cutter = new BlockCutter(0, ring, producer.positions());
        room.closing(this);
    }

    /** What the next block holds. What there is to warn of is told. */
    public List<Object> cut() {
        producer.tellWarnings();
        return IngestRoom.recordsOf(cutter.cut());
    }

    @Override
    public void close() {
        producer.close();
        cutter.close();
    }
}
