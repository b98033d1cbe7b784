package io.millrace.api;

import java.util.Objects;

/**
 * An input of pairs as a keyed stream; its tuples are taken apart, as by {@code mapToPair}.
 *
 * @param <K> key type
 * @param <V> value type
 */
public class PairInputDStream<K, V> extends PairDStream<K, V> {
    private final InputDStream<Tuple2<K, V>> input;

    PairInputDStream(InputDStream<Tuple2<K, V>> input) {
        super(input.context(), PairDStream.fromJavaDStream(input).id());
        this.input = input;
    }

    /** The input, which has the number and the counters. */
    public final InputDStream<Tuple2<K, V>> inputDStream() {
        return input;
    }

    /** An input of tuples as a keyed stream. */
    public static <K, V> PairInputDStream<K, V> fromInputDStream(InputDStream<Tuple2<K, V>> input) {
        Objects.requireNonNull(input, "fromInputDStream: the input is null; give a stream of tuples");
        return new PairInputDStream<>(input);
    }
}
