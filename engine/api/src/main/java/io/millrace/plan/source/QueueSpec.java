package io.millrace.plan.source;

import io.millrace.api.RDD;
import io.millrace.type.RecordType;
import java.util.Objects;
import java.util.Queue;

/**
 * A queue of RDDs, taken one a batch or all at once (guide, "Basic Sources"). The queue is live: what is added after
 * {@code start()} is seen. It is read under its own monitor.
 *
 * @param whenEmpty the batch of an empty queue; null means an empty batch
 */
public record QueueSpec(Queue<? extends RDD<?>> queue, boolean oneAtATime, RDD<?> whenEmpty) implements SourceSpec {
    /** The queue may not be null. */
    public QueueSpec {
        Objects.requireNonNull(queue, "queue");
    }

    @Override
    public String name() {
        return "queue";
    }

    @Override
    public RecordType recordType() {
        return RecordType.UNKNOWN;
    }
}
