package io.millrace.engine.sink;

import io.millrace.api.Time;
import io.millrace.engine.rdd.LocalDataset;

/** Does at run time what a {@code SinkSpec} asks for. Owner: the job thread. */
@FunctionalInterface
public interface SinkDriver {
    /** Put out one batch; reads of it no more than it needs. */
    void run(LocalDataset<?> batch, Time time) throws Exception;
}
