package io.millrace.api;

import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import java.util.Map;

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

    /** Itself, for programs that unwrap their streams. */
    public final InputDStream<T> inputDStream() {
        return this;
    }

    /** The stream itself, for programs that wrap their streams. */
    public static <T> InputDStream<T> fromInputDStream(InputDStream<T> stream) {
        return stream;
    }

    /** The number of this input: 0, 1, 2, … in creation order over all inputs of the context. */
    public final int streamId() {
        return streamId;
    }

    /**
     * What this input has counted since the context was started, readable from any thread: {@code records} accepted and
     * their {@code bytes}; {@code ringFull}, how often it was slowed by a full ring or the memory cap; {@code
     * oversizedRecords} left out and {@code repairedRecords} whose UTF-8 was mended; {@code duplicateRecords},
     * which were sent again though they were stored before; {@code restarts} and {@code errors}. Of files: how many {@code files} were chosen, their {@code bytes}, and the {@code errors} in looking for
     * them. Empty before the start, and for queues.
     */
    public final Map<String, Long> counters() {
        return context().counters(streamId);
    }

    /** What it reads, in a few words. */
    public final String name() {
        return ((PlanNode.Source) context().planBuilder().build().node(id()))
                .spec()
                .name();
    }
}
