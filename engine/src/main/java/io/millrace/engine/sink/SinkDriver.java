package io.millrace.engine.sink;

import io.millrace.api.Delivery;
import io.millrace.engine.rdd.LocalDataset;
import io.millrace.engine.save.Publication;

/** Does at run time what a {@code SinkSpec} asks for. Owner: the job thread. */
@FunctionalInterface
public interface SinkDriver {
    /**
     * Put out one batch; reads of it no more than it needs.
     *
     * @return what is written and not seen yet, for the caller to publish or to discard; {@link Publication#NONE} if nothing is
     */
    Publication run(LocalDataset<?> batch, Delivery delivery) throws Exception;
}
