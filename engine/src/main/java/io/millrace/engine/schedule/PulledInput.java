package io.millrace.engine.schedule;

import io.millrace.engine.task.PulledRows;
import io.millrace.ingest.source.PulledRange;
import io.millrace.ingest.source.PulledSource;

/** A source that is asked for its share of each batch, and read when the batch is run. Nothing of it ever waits. */
public final class PulledInput implements BatchInput {
    private final PulledSource source;
    private boolean isStarted;
    private boolean isStopped;

    /** The source is closed with this input. */
    public PulledInput(PulledSource source) {
        this.source = source;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public void start() {
        prepare();
    }

    @Override
    public void prepare() {
        if (!isStarted) {
            isStarted = true;
            source.start();
        }
    }

    @Override
    public Taken take(long batchTimeMs) {
        return taken(source.pull(batchTimeMs));
    }

    private static Taken taken(PulledRange range) {
        InputSummary summary = new InputSummary(0, InputSummary.NO_TIME, range.names());
        return new Taken(new PulledRows(range), summary, () -> {}, range.describe());
    }

    @Override
    public Taken replay(byte[] description) {
        return taken(source.replay(description));
    }

    @Override
    public void skip(byte[] description) {
        source.markTaken(description);
    }

    @Override
    public byte[] save() {
        return source.save();
    }

    @Override
    public void restore(byte[] saved) {
        source.restore(saved);
    }

    @Override
    public int doWork() {
        return 0;
    }

    @Override
    public void cut() {}

    @Override
    public boolean hasWaiting() {
        return false;
    }

    @Override
    public long waitingRecords() {
        return 0;
    }

    @Override
    public void requestStop() {
        isStopped = true;
    }

    @Override
    public void refuse() {
        isStopped = true;
    }

    @Override
    public boolean isStopped() {
        return isStopped;
    }

    @Override
    public boolean isComplete() {
        return false;
    }

    @Override
    public void close() {
        source.close();
    }
}
