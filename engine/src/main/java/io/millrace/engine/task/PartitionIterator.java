package io.millrace.engine.task;

import io.millrace.api.ReleasedBatchException;
import io.millrace.engine.lease.Lease;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * One partition as the iterator that a program's function gets: reads on when it is asked for more, and ends with the
 * partition. Holds the records of a chunk or so at a time.
 *
 * <p>Owner: the thread that opened it. Used after {@link #close}, it throws {@link ReleasedBatchException}.
 */
public final class PartitionIterator<T> implements Iterator<T>, AutoCloseable {
    private final String what;
    private final long batchTimeMs;
    private final WorkerScratch scratch;
    private final WorkerScratch inner;
    private final ChunkSource source;
    private final List<Object> records = new ArrayList<>();
    private int given;
    private boolean atEnd;
    private boolean closed;
    private Object last;

    private PartitionIterator(
            String what, long batchTimeMs, WorkerScratch scratch, WorkerScratch inner, ChunkSource source) {
        this.what = what;
        this.batchTimeMs = batchTimeMs;
        this.scratch = scratch;
        this.inner = inner;
        this.source = source;
    }

    /**
     * Begin to read a partition.
     *
     * @param what it is, for the message of late use
     * @param batchTimeMs for the same; {@link Lease#NO_BATCH} if it belongs to none
     * @param scratch of the thread; the partition is read with an inner one
     */
    public static <T> PartitionIterator<T> open(
            Rows rows, int partition, WorkerScratch scratch, String what, long batchTimeMs) throws Exception {
        WorkerScratch inner = scratch.borrowInner();
        return new PartitionIterator<>(what, batchTimeMs, scratch, inner, rows.open(partition, inner));
    }

    @Override
    public boolean hasNext() {
        if (closed) {
            throw batchTimeMs == Lease.NO_BATCH
                    ? new ReleasedBatchException(what)
                    : new ReleasedBatchException(what, batchTimeMs);
        }
        while (given == records.size() && !atEnd) {
            readOn();
        }
        return given < records.size();
    }

    private void readOn() {
        records.clear();
        given = 0;
        try {
            atEnd = !source.next(chunk -> {
                for (int row = 0, rows = chunk.rows(); row < rows; row++) {
                    records.add(ChunkRows.record(chunk, row));
                }
            });
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (Exception failed) {
            throw new IllegalStateException("a partition could not be read", failed);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // the program's types say so
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException(what + " has no more records; ask hasNext()");
        }
        last = records.get(given++);
        return (T) last;
    }

    /** The record that was given last, for messages. */
    public Object last() {
        return last;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            records.clear();
            source.close();
            scratch.giveBack(inner);
        }
    }
}
