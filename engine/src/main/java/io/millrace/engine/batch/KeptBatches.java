package io.millrace.engine.batch;

import io.millrace.api.RDDLike;
import io.millrace.api.ReleasedBatchException;
import io.millrace.engine.physical.Stage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The batches whose datasets can still be asked for: the one being run, and those before it for as long as the program wants
 * them remembered. Safe from several threads.
 */
final class KeptBatches implements AutoCloseable {
    private final Deque<BatchDatasets> batches = new ArrayDeque<>();
    private final long rememberMs;

    /** @param rememberMs how far back batches are kept from the newest one, in milliseconds; 0 keeps none that is done */
    KeptBatches(long rememberMs) {
        this.rememberMs = rememberMs;
    }

    synchronized void add(BatchDatasets batch) {
        batches.add(batch);
    }

    /** A batch is done: end those that are no longer wanted. */
    void done(BatchDatasets batch) {
        end(batch.timeMs() - rememberMs);
    }

    /** End all batches, at the end of the run. */
    @Override
    public void close() {
        end(Long.MAX_VALUE);
    }

    private void end(long upToMs) {
        for (BatchDatasets over = nextUpTo(upToMs); over != null; over = nextUpTo(upToMs)) {
            over.close(); // may wait for readers, so without the monitor
        }
    }

    private synchronized BatchDatasets nextUpTo(long upToMs) {
        return !batches.isEmpty() && batches.peek().timeMs() <= upToMs ? batches.poll() : null;
    }

    /** A stage's datasets in the batches from one time to another, both included. */
    List<RDDLike<?>> datasets(Stage stage, long slideMs, boolean pairs, long fromMs, long toMs) throws Exception {
        List<RDDLike<?>> found = new ArrayList<>();
        for (BatchDatasets batch : between(fromMs, toMs)) { // may call functions of the program, so without the monitor
            if (!batch.isDue(slideMs)) {
                continue;
            }
            try {
                batch.dataset(stage, pairs).ifPresent(local -> found.add((RDDLike<?>) local));
            } catch (ReleasedBatchException over) {
                continue; // it came to its end meanwhile
            }
        }
        return found;
    }

    private synchronized List<BatchDatasets> between(long fromMs, long toMs) {
        return batches.stream()
                .filter(batch -> batch.timeMs() >= fromMs && batch.timeMs() <= toMs)
                .toList();
    }
}
