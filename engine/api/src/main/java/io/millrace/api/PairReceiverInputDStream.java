package io.millrace.api;

import java.util.Objects;

/**
 * What a receiver of pairs stores, as a keyed stream.
 *
 * @param <K> key type
 * @param <V> value type
 */
public final class PairReceiverInputDStream<K, V> extends PairInputDStream<K, V> {
    private final ReceiverInputDStream<Tuple2<K, V>> receiver;

    private PairReceiverInputDStream(ReceiverInputDStream<Tuple2<K, V>> receiver) {
        super(receiver);
        this.receiver = receiver;
    }

    /** The receiver's stream, which has the number and the counters. */
    public ReceiverInputDStream<Tuple2<K, V>> receiverInputDStream() {
        return receiver;
    }

    /** A receiver's stream of tuples as a keyed stream. */
    public static <K, V> PairReceiverInputDStream<K, V> fromReceiverInputDStream(
            ReceiverInputDStream<Tuple2<K, V>> receiver) {
        Objects.requireNonNull(receiver, "fromReceiverInputDStream: the receiver's stream is null; give one of tuples");
        return new PairReceiverInputDStream<>(receiver);
    }
}
