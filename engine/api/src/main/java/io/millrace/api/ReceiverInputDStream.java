package io.millrace.api;

import io.millrace.plan.OperatorId;

/**
 * A stream of what a receiver stores: a socket, or a {@link io.millrace.api.receiver.Receiver} of the user's. Receivers
 * have threads of their own and never take one of the master's.
 *
 * @param <T> record type
 */
public class ReceiverInputDStream<T> extends InputDStream<T> {
    ReceiverInputDStream(StreamingContext context, OperatorId id, int streamId) {
        super(context, id, streamId);
    }

    /** Itself, for programs that unwrap their streams. */
    public final ReceiverInputDStream<T> receiverInputDStream() {
        return this;
    }

    /** The stream itself, for programs that wrap their streams. */
    public static <T> ReceiverInputDStream<T> fromReceiverInputDStream(ReceiverInputDStream<T> stream) {
        return stream;
    }
}
