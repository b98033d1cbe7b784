package io.millrace.engine.local;

import io.millrace.engine.schedule.BatchInput;

/** Stands for a source whose checkpoint it keeps, and gives nothing itself; this one knows nothing of what is kept. */
class UnstartedInput implements BatchInput {
    private final String name;

    UnstartedInput(String name) {
        this.name = name;
    }

    @Override
    public String name() {
        return name;
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
