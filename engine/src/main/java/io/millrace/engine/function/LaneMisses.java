package io.millrace.engine.function;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the values that did not fit the lane their operator had chosen. Each turns that operator's column to objects once
 * and for good, in one worker, so the count stays small; it tells why a program is slower than it could be. Safe from several
 * threads.
 */
public final class LaneMisses {
    private static final System.Logger LOG = System.getLogger(LaneMisses.class.getName());

    private final LongAdder misses = new LongAdder();

    /** An operator's column has to become objects. */
    public void count(String operator, Object lane) {
        misses.increment();
        LOG.log(
                System.Logger.Level.DEBUG,
                "''{0}'' held its records as {1}, got one of another class, and holds objects from now on",
                operator,
                lane);
    }

    /** How many columns had to become objects so far. */
    public long total() {
        return misses.sum();
    }
}
