package io.millrace.engine.rdd;

import io.millrace.api.StatCounter;

/** The statistics of a partition's numbers. */
final class NumberStats extends NumberSink {
    private final StatCounter stats = new StatCounter();

    @Override
    void number(double value) {
        stats.merge(value);
    }

    StatCounter stats() {
        return stats;
    }
}
