package io.millrace.engine.exchange;

import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;

/**
 * An exchange's result, computed when it is first asked for anything but its shape, and kept until {@link #clear}. Whoever
 * runs tasks over rows asks for their number before, so inside tasks the result is there. Safe from several threads.
 */
public final class ExchangedRows implements Rows {
    private final Rows input;
    private final BatchExchange exchange;
    private final int partitions;
    private final BatchExchange.Steps steps;
    private volatile Rows result;

    /**
     * The result of an exchange that holds nothing yet.
     *
     * @param partitions of the result
     * @param steps runs the exchange's work
     */
    public ExchangedRows(Rows input, BatchExchange exchange, int partitions, BatchExchange.Steps steps) {
        this.input = input;
        this.exchange = exchange;
        this.partitions = partitions;
        this.steps = steps;
    }

    private Rows result() {
        Rows known = result;
        return known != null ? known : compute();
    }

    private synchronized Rows compute() {
        if (result != null) {
            return result;
        }
        boolean done = false;
        try {
            steps.forEachPartition(
                    input, (partition, scratch) -> input.read(partition, scratch, exchange.writer(scratch, partition)));
            exchange.finish(steps);
            done = true;
        } catch (RuntimeException unchecked) {
            throw unchecked;
        } catch (Exception failed) {
            throw new IllegalStateException("an exchange could not be computed", failed);
        } finally {
            if (!done) {
                exchange.clear(); // a later reading tries again, from the start
            }
        }
        result = exchange.result();
        return result;
    }

    @Override
    public int partitionCount() {
        return partitions;
    }

    @Override
    public long inputRows() {
        return result().inputRows();
    }

    @Override
    public boolean isKnownEmpty() {
        return result().isKnownEmpty();
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) throws Exception {
        return result().open(partition, scratch);
    }

    /** Forget the result, if there is one. Nobody may be reading. */
    public synchronized void clear() {
        if (result != null) {
            result = null;
            exchange.clear();
        }
    }
}
