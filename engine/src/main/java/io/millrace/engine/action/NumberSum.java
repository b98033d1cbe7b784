package io.millrace.engine.action;

/** The sum of a partition's numbers. */
public final class NumberSum extends NumberSink {
    private double sum;

    @Override
    void number(double value) {
        sum += value;
    }

    /** Of the numbers so far. */
    public double sum() {
        return sum;
    }
}
