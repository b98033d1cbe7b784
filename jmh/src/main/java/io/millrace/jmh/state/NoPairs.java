package io.millrace.jmh.state;

import io.millrace.offheap.codec.PairCodec;

/** Stands for the pairs of a store whose keys and values are none. */
final class NoPairs implements PairCodec {
    @Override
    public Class<?> type() {
        return NoPairs.class;
    }

    @Override
    public Object key(Object pair) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object value(Object pair) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object pair(Object key, Object value) {
        throw new UnsupportedOperationException();
    }
}
