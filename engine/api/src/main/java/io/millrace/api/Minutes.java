package io.millrace.api;

/** The spelling {@code Minutes.apply(n)} that programs ported from Spark use; the same as {@link Durations#minutes}. */
public final class Minutes {

    private Minutes() {}

    /** Returns a duration of {@code count} minutes. */
    public static Duration apply(long count) {
        return Durations.minutes(count);
    }
}
