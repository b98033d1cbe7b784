package io.millrace.plan;

/**
 * What a window covers: the rows of the last {@code lengthMs} before its time, and the time itself. There is a window every {@code
 * slideMs}, counted from the beginning of the run. Milliseconds; both are multiples of the input's own slide.
 */
public record WindowSpan(long lengthMs, long slideMs) {
    /** @throws IllegalArgumentException if one of them is below 1 ms */
    public WindowSpan {
        if (lengthMs < 1 || slideMs < 1) {
            throw new IllegalArgumentException(
                    "a window of " + lengthMs + " ms every " + slideMs + " ms; give 1 ms or more for both");
        }
    }

    @Override
    public String toString() {
        return "of " + lengthMs + " ms every " + slideMs + " ms";
    }
}
