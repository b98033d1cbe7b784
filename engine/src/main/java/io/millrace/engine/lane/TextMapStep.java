package io.millrace.engine.lane;

import io.millrace.api.function.Function;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import java.util.function.Supplier;

/** {@code map} with a recognised function of text: from bytes to the lane of its results. */
final class TextMapStep extends TextValueStep {
    private final TextLoop loop;
    private final Chunk out = new Chunk();
    private int made;

    TextMapStep(OperatorFunction function, TextLoop loop, ChunkSink next, Supplier<ChunkSink> genericChain) {
        super(function, next, genericChain);
        this.loop = loop;
    }

    @Override
    void begin(BytesColumn texts) {
        made = 0;
        loop.begin(texts);
    }

    @Override
    int run(BytesColumn texts, int from, int to) {
        int reached = loop.run(texts, from, to, made);
        made += reached - from;
        return reached;
    }

    @Override
    void emit() throws Exception {
        if (made > 0) {
            out.set(loop.column(), made);
            next.accept(out);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    Object call(Object function, String text) throws Exception {
        return ((Function<String, ?>) function).call(text);
    }
}
