package io.millrace.engine.action;

import io.millrace.api.StatCounter;

/** The statistics of a partition's numbers. */
public final class NumberStats extends NumberSink {
    private final StatCounter stats = new StatCounter();

    @Override
    void number(double value) {
        stats.merge(value);
    }

    /** Of the numbers so far. */
    public StatCounter stats() {
        return stats;
    }
}
