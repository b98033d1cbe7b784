package io.millrace.plan.sink;

import io.millrace.api.OutputGate;

/** What becomes of a stream's batches. Open: a connector brings its own spec, and the driver that knows it. */
public interface SinkSpec {
    /** A short name for plans, logs and messages. */
    String name();

    /** What it waits for in a run that has a checkpoint. */
    default OutputGate gate() {
        return OutputGate.PLANNED;
    }
}
