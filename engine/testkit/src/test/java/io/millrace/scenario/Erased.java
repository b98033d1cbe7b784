package io.millrace.scenario;

import io.millrace.api.DStream;
import io.millrace.api.DStreamLike;
import io.millrace.api.PairDStream;
import io.millrace.api.Tuple2;

/** Types forgotten: a random program knows which type stands where, the compiler does not. */
final class Erased {
    private Erased() {}

    @SuppressWarnings("unchecked")
    static DStream<Object> plain(DStreamLike<?, ?, ?> stream) {
        return (DStream<Object>) stream;
    }

    @SuppressWarnings("unchecked")
    static PairDStream<Object, Object> keyed(DStreamLike<?, ?, ?> stream) {
        return (PairDStream<Object, Object>) stream;
    }

    @SuppressWarnings("unchecked")
    static DStreamLike<Object, ?, ?> any(DStreamLike<?, ?, ?> stream) {
        return (DStreamLike<Object, ?, ?>) stream;
    }

    @SuppressWarnings("unchecked")
    static Tuple2<Object, Object> pair(Object record) {
        return (Tuple2<Object, Object>) record;
    }

    @SuppressWarnings("unchecked")
    static <F> F function(Object function) {
        return (F) function;
    }
}
