package io.millrace.engine.local;

import io.millrace.engine.schedule.BatchInput;

/** Stands for a source of which a checkpoint knows nothing. */
record UnkeptInput(String name) implements BatchInput {
    @Override
    public void start() {}

    @Override
    public int doWork() {
        return 0;
    }

    @Override
    public void cut() {}

    @Override
    public Taken take(long batchTimeMs) {
        return Taken.NOTHING;
    }

    @Override
    public boolean hasWaiting() {
        return false;
    }

    @Override
    public long waitingRecords() {
        return 0;
    }

    @Override
    public void requestStop() {}

    @Override
    public void refuse() {}

    @Override
    public boolean isStopped() {
        return true;
    }

    @Override
    public boolean isComplete() {
        return true;
    }

    @Override
    public void close() {}
}
