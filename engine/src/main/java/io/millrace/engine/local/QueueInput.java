package io.millrace.engine.local;

import io.millrace.api.RDD;
import io.millrace.engine.lease.Lease;
import io.millrace.engine.rdd.LocalRdd;
import io.millrace.engine.schedule.BatchInput;
import io.millrace.engine.task.ListRows;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.UnionRows;
import io.millrace.plan.source.QueueSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A queue of datasets, taken one a batch or all at once, under the queue's monitor. A null in it stands for no dataset, and so does
 * what cannot be used; a batch of nothing else has none.
 */
public final class QueueInput implements BatchInput {
    private static final Rows EMPTY = new ListRows(List.of(), 1);

    private final QueueSpec spec;
    private final Consumer<Throwable> errors;
    private boolean stopping;

    /**
     * The queue stays the program's.
     *
     * @param errors told of what is in the queue and cannot be used; the rest of the batch goes on
     */
    public QueueInput(QueueSpec spec, Consumer<Throwable> errors) {
        this.spec = spec;
        this.errors = errors;
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public Taken take(long batchTimeMs) {
        List<Rows> taken = new ArrayList<>();
        Queue<? extends RDD<?>> queue = spec.queue();
        synchronized (queue) {
            if (queue.isEmpty()) {
                taken.add(spec.whenEmpty() == null ? EMPTY : rowsOf(spec.whenEmpty()));
            }
            for (int left = spec.oneAtATime() ? 1 : Integer.MAX_VALUE; left > 0 && !queue.isEmpty(); left--) {
                takeInto(taken, queue.remove());
            }
        }
        return new Taken(together(taken), () -> {});
    }

    private static Rows together(List<Rows> taken) {
        return switch (taken.size()) {
            case 0 -> null;
            case 1 -> taken.get(0);
            default -> new UnionRows(taken);
        };
    }

    private void takeInto(List<Rows> taken, RDD<?> rdd) {
        if (rdd == null) {
            return;
        }
        try {
            taken.add(rowsOf(rdd));
        } catch (IllegalArgumentException unusable) {
            errors.accept(unusable);
        }
    }

    private static Rows rowsOf(RDD<?> rdd) {
        if (!(rdd instanceof LocalRdd<?> local)) {
            throw new IllegalArgumentException("queueStream got a dataset of another engine, "
                    + rdd.getClass().getName() + "; queue what millraceContext().parallelize(...) makes");
        }
        long batchTimeMs = local.lease().batchTimeMs();
        if (batchTimeMs != Lease.NO_BATCH) {
            throw new IllegalArgumentException("queueStream got the dataset of batch " + batchTimeMs
                    + " ms, which ends with its batch; collect() it and queue a parallelize(...) of the list");
        }
        return local.rows();
    }

    @Override
    public boolean hasWaiting() {
        return false; // a graceful stop processes what was received; what waits in the program's queue was not
    }

    @Override
    public long waitingRecords() {
        return 0;
    }

    @Override
    public void requestStop() {
        stopping = true;
    }

    @Override
    public void refuse() {
        stopping = true;
    }

    @Override
    public boolean isStopped() {
        return stopping;
    }

    @Override
    public boolean isComplete() {
        return false;
    }

    @Override
    public void start() {}

    @Override
    public int doWork() {
        return 0;
    }

    @Override
    public void cut() {}

    @Override
    public void close() {}
}
