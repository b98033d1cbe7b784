package io.millrace.api;

/**
 * The spelling {@code Milliseconds.apply(n)} that programs ported from Spark use; the same as {@link
 * Durations#milliseconds}.
 */
public final class Milliseconds {

    private Milliseconds() {}

    /** Returns a duration of {@code count} milliseconds. */
    public static Duration apply(long count) {
        return Durations.milliseconds(count);
    }
}
