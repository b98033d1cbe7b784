package io.millrace.engine.lane;

import io.millrace.api.function.PairFunction;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import java.util.function.Supplier;

/** {@code mapToPair(Typed.pair(key, value))} with two recognised functions of text: from bytes to two lanes. */
final class TextPairStep extends TextValueStep {
    private final TextLoop key;
    private final TextLoop value;
    private final Chunk out = new Chunk();
    private int made;

    TextPairStep(
            OperatorFunction function, TextLoop key, TextLoop value, ChunkSink next, Supplier<ChunkSink> genericChain) {
        super(function, next, genericChain);
        this.key = key;
        this.value = value;
    }

    @Override
    void begin(BytesColumn texts) {
        made = 0;
        key.begin(texts);
        value.begin(texts);
    }

    @Override
    int run(BytesColumn texts, int from, int to) {
        int keyed = key.run(texts, from, to, made);
        int reached = value.run(texts, from, keyed, made);
        made += reached - from;
        return reached;
    }

    @Override
    void emit() throws Exception {
        if (made > 0) {
            out.set(key.column(), value.column(), made);
            next.accept(out);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    Object call(Object function, String text) throws Exception {
        return ((PairFunction<String, ?, ?>) function).call(text);
    }
}
