package io.millrace.api;

/** Durations in the usual units. */
public final class Durations {

    private static final long MS_PER_SECOND = 1_000;
    private static final long MS_PER_MINUTE = 60_000;

    private Durations() {}

    /** Returns a duration of {@code count} milliseconds. */
    public static Duration milliseconds(long count) {
        return new Duration(count);
    }

    /**
     * Returns a duration of {@code count} seconds.
     *
     * @throws IllegalArgumentException if that many do not fit into a long of milliseconds
     */
    public static Duration seconds(long count) {
        return new Duration(inMs(count, MS_PER_SECOND, "seconds"));
    }

    /**
     * Returns a duration of {@code count} minutes.
     *
     * @throws IllegalArgumentException if that many do not fit into a long of milliseconds
     */
    public static Duration minutes(long count) {
        return new Duration(inMs(count, MS_PER_MINUTE, "minutes"));
    }

    private static long inMs(long count, long msPerUnit, String unit) {
        long most = Long.MAX_VALUE / msPerUnit;
        if (count > most || count < -most) {
            throw new IllegalArgumentException(
                    count + " " + unit + " are too many for a duration, expected at most " + most + " either way");
        }
        return count * msPerUnit;
    }
}
