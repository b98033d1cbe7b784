package io.millrace.engine.lane;

import io.millrace.api.function.Function;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import java.util.function.Supplier;

/** {@code filter} with a recognised predicate of text: the texts that stay keep their place in the bytes. */
final class TextFilterStep extends TextValueStep {
    private final TextLoop test;
    private final long[] answers;
    private final BytesColumn kept = new BytesColumn();
    private final Chunk out = new Chunk();
    private int found;

    /** @param test whose column is of type BOOLEAN */
    TextFilterStep(OperatorFunction function, TextLoop test, ChunkSink next, Supplier<ChunkSink> genericChain) {
        super(function, next, genericChain);
        this.test = test;
        this.answers = ((LongColumn) test.column()).values();
    }

    @Override
    void begin(BytesColumn texts) {
        found = 0;
        test.begin(texts);
        kept.wrap(texts.buffer(), ElementType.UTF8);
    }

    @Override
    int run(BytesColumn texts, int from, int to) {
        int reached = test.run(texts, from, to, from);
        int[] starts = texts.starts();
        int[] ends = texts.ends();
        int[] keptStarts = kept.starts();
        int[] keptEnds = kept.ends();
        int at = found;
        for (int row = from; row < reached; row++) {
            keptStarts[at] = starts[row];
            keptEnds[at] = ends[row];
            at += (int) answers[row]; // 1 keeps the row, 0 lets the next one take its place
        }
        found = at;
        return reached;
    }

    @Override
    void emit() throws Exception {
        if (found > 0) {
            out.set(kept, found);
            next.accept(out);
        }
    }

    @Override
    @SuppressWarnings("unchecked")
    Object call(Object function, String text) throws Exception {
        return ((Function<String, Boolean>) function).call(text);
    }
}
