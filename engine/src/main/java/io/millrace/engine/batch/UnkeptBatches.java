package io.millrace.engine.batch;

import io.millrace.engine.save.Publication;
import io.millrace.engine.schedule.BatchPlan;
import java.util.function.LongConsumer;

/** Keeps nothing: a batch counts when it was run. */
public final class UnkeptBatches implements BatchLog {
    private final LongConsumer ran;

    /** @param ran told of each batch that was run, by its time */
    public UnkeptBatches(LongConsumer ran) {
        this.ran = ran;
    }

    @Override
    public void plan(Iterable<BatchPlan> waiting) {}

    @Override
    public boolean isPlanned(BatchPlan batch) {
        return true;
    }

    @Override
    public boolean isResting() {
        return false;
    }

    @Override
    public void changed(BatchPlan batch) {}

    @Override
    public void awaitPlanned(BatchPlan batch) {}

    @Override
    public boolean keepsBatches() {
        return false;
    }

    @Override
    public void staged(BatchPlan batch, Publication publication) {
        throw new IllegalStateException("what is not kept is published at once");
    }

    @Override
    public void ran(BatchPlan batch) {
        ran.accept(batch.timeMs());
    }

    @Override
    public int idle() {
        return 0;
    }

    @Override
    public long idleNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public void end(boolean isWhole) {}

    @Override
    public void close() {}
}
