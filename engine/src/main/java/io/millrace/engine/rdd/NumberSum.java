package io.millrace.engine.rdd;

/** The sum of a partition's numbers. */
final class NumberSum extends NumberSink {
    private double sum;

    @Override
    void number(double value) {
        sum += value;
    }

    double sum() {
        return sum;
    }
}
