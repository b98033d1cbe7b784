package io.millrace.offheap.codec;

/** Pairs as the tests of this module have them. */
public final class TestPairs implements PairCodec {
    /** A pair.
     *
     * @param key its first part
     * @param value its second part
     */
    public record Pair(Object key, Object value) {}

    /** One is enough. */
    public static final TestPairs PAIRS = new TestPairs();

    private TestPairs() {}

    @Override
    public Class<?> type() {
        return Pair.class;
    }

    @Override
    public Object key(Object pair) {
        return ((Pair) pair).key();
    }

    @Override
    public Object value(Object pair) {
        return ((Pair) pair).value();
    }

    @Override
    public Object pair(Object key, Object value) {
        return new Pair(key, value);
    }
}
