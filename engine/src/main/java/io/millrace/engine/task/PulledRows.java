package io.millrace.engine.task;

import io.millrace.ingest.source.PulledRange;
import io.millrace.ingest.source.RangeReader;
import io.millrace.offheap.column.Chunk;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What lies outside and is read when it is needed, each time anew: files, say. */
public final class PulledRows implements Rows {
    private final PulledRange range;

    /** Nothing is looked at before a method is called; what has to be looked for and is not there is told by any. */
    public PulledRows(PulledRange range) {
        this.range = range;
    }

    @Override
    public int partitionCount() {
        return range.partitionCount();
    }

    /** {@inheritDoc} Here a guess: rows are not counted before they are read. */
    @Override
    public long inputRows() {
        return range.weight();
    }

    @Override
    public boolean isKnownEmpty() {
        return range.weight() == 0;
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) throws Exception {
        return new Reading(range.open(partition), scratch.chunk());
    }

    private static final class Reading implements ChunkSource {
        private final RangeReader reader;
        private final Chunk chunk;

        Reading(RangeReader reader, Chunk chunk) {
            this.reader = reader;
            this.chunk = chunk;
        }

        @Override
        public boolean next(ChunkSink sink) throws Exception {
            if (!reader.next(chunk)) {
                return false;
            }
            sink.accept(chunk);
            return true;
        }

        @Override
        public void close() {
            try {
                reader.close();
            } catch (IOException failed) {
                throw new UncheckedIOException("a partition was read and could not be closed", failed);
            }
        }
    }
}
