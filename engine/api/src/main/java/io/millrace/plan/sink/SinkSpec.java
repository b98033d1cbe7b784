package io.millrace.plan.sink;

/** What becomes of a stream's batches. Open: a connector brings its own spec, and the driver that knows it. */
public interface SinkSpec {
    /** A short name for plans, logs and messages. */
    String name();
}
