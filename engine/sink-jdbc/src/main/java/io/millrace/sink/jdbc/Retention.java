package io.millrace.sink.jdbc;

/**
 * Which batches' rows may go. They go in groups, so that few transactions have a delete more: at least the last {@code kept} stay,
 * and at most about twice as many. What an earlier run left goes with this run's first group, so it can tell until then what
 * was written. Owner: the job thread.
 */
final class Retention {
    /** No row may go. */
    static final long NOTHING = Long.MIN_VALUE;

    private final int kept;
    private long markMs = NOTHING;
    private int sinceMark;

    Retention(int kept) {
        this.kept = kept;
    }

    /** With the next batch, rows of batches before this time may go, in milliseconds since the epoch; or {@link #NOTHING}. */
    long removableBeforeMs() {
        return sinceMark >= kept ? markMs : NOTHING;
    }

    /** A batch was written. */
    void wrote(long timeMs) {
        if (markMs == NOTHING || sinceMark >= kept) {
            markMs = timeMs;
            sinceMark = 0;
        }
        sinceMark++;
    }
}
