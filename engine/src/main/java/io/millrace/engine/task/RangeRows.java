package io.millrace.engine.task;

import io.millrace.ingest.source.PulledRange;
import io.millrace.ingest.source.RangeReader;
import io.millrace.offheap.column.Chunk;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What lies outside and is read when it is needed, each time anew: files, say. */
public final class RangeRows implements Rows {
    private final PulledRange range;

    /** Nothing is looked at before a method is called. */
    public RangeRows(PulledRange range) {
        this.range = range;
    }

    /**
     * {@inheritDoc}
     *
     * @throws io.millrace.api.MillraceException if the range has to be looked for first and is not there; the other methods too
     */
    @Override
    public int partitionCount() {
        return range.partitionCount();
    }

    /** {@inheritDoc} Here a guess: the rows are not counted before they are read. */
    @Override
    public long inputRows() {
        return range.weight();
    }

    @Override
    public boolean isKnownEmpty() {
        return range.weight() == 0;
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) throws IOException {
        return new Reading(range.open(partition));
    }

    /** Has a chunk of its own: the reader's columns are shown in it until it is closed. */
    private static final class Reading implements ChunkSource {
        private final RangeReader reader;
        private final Chunk chunk = new Chunk();

        Reading(RangeReader reader) {
            this.reader = reader;
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
                throw new UncheckedIOException(failed);
            }
        }
    }
}
