package io.millrace.ingest.record;

import io.millrace.api.Tuple2;
import io.millrace.offheap.codec.PairCodec;

/** A pair is a {@link Tuple2}. */
enum TuplePairs implements PairCodec {
    /** One is enough. */
    TUPLES;

    @Override
    public Class<?> type() {
        return Tuple2.class;
    }

    @Override
    public Object key(Object pair) {
        return ((Tuple2<?, ?>) pair)._1;
    }

    @Override
    public Object value(Object pair) {
        return ((Tuple2<?, ?>) pair)._2;
    }

    @Override
    public Object pair(Object key, Object value) {
        return new Tuple2<>(key, value);
    }
}
