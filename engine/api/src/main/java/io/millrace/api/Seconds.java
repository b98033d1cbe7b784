package io.millrace.api;

/** The spelling {@code Seconds.apply(n)} that programs ported from Spark use; the same as {@link Durations#seconds}. */
public final class Seconds {

    private Seconds() {}

    /** Returns a duration of {@code count} seconds. */
    public static Duration apply(long count) {
        return Durations.seconds(count);
    }
}
