package io.millrace.api;

import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;

/**
 * A stream that comes from outside.
 *
 * @param <T> record type
 */
public class InputDStream<T> extends DStream<T> {
    private final int streamId;

    InputDStream(StreamingContext context, OperatorId id, int streamId) {
        super(context, id);
        this.streamId = streamId;
    }

    /** The number of this input: 0, 1, 2, … in creation order over all inputs of the context. */
    public final int streamId() {
        return streamId;
    }

    /** What it reads, in a few words. */
    public final String name() {
        return ((PlanNode.Source) context().planBuilder().build().node(id()))
                .spec()
                .name();
    }
}
