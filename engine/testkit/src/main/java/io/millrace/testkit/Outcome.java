package io.millrace.testkit;

import java.util.List;

/** What a batch gave: records, or an error. One of the two is null. */
record Outcome(List<?> records, Throwable error) {
    static Outcome of(List<?> records) {
        return new Outcome(records, null);
    }

    static Outcome failed(Throwable error) {
        return new Outcome(null, error);
    }

    /** The records. */
    List<?> recordsOrFail() {
        if (error != null) {
            throw new AssertionError("expected records, got an error: " + error, error);
        }
        return records;
    }
}
