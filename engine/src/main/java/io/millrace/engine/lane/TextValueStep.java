package io.millrace.engine.lane;

import io.millrace.engine.function.OperatorFunction;
import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import java.util.function.Supplier;

/** An operator that gives at most one row for each text, by {@link TextLoop}s. */
abstract class TextValueStep extends LaneStep {
    private final OperatorFunction function;

    TextValueStep(OperatorFunction function, ChunkSink next, Supplier<ChunkSink> genericChain) {
        super(next, genericChain);
        this.function = function;
    }

    /** A chunk's texts are about to come. */
    abstract void begin(BytesColumn texts);

    /** Do rows {@code [from, to)}; the first row for which the function throws is returned, or {@code to}. */
    abstract int run(BytesColumn texts, int from, int to);

    /** Hand on what was made of the chunk. */
    abstract void emit() throws Exception;

    /** The function itself, on one text. */
    abstract Object call(Object function, String text) throws Exception;

    @Override
    final boolean fits(Chunk chunk) {
        return isText(chunk);
    }

    @Override
    final void acceptLane(Chunk chunk) throws Exception {
        BytesColumn texts = (BytesColumn) chunk.first();
        int rows = chunk.rows();
        begin(texts);
        int row = run(texts, 0, rows);
        while (row < rows) {
            fail(texts.text(row));
            row = run(texts, row + 1, rows);
        }
        emit();
    }

    /** The function says best itself what is wrong with the text, which is then left out if the failure policy says so. */
    private void fail(String text) {
        Object value;
        try {
            value = call(function.function(), text);
        } catch (Throwable thrown) {
            function.skipOrThrow(text, thrown);
            return;
        }
        throw new IllegalStateException(
                "'" + function.operator().text() + "' makes " + value + " of a text that its lane loop refused");
    }
}
