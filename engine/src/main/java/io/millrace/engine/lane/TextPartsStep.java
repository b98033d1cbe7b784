package io.millrace.engine.lane;

import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/** Text to parts of itself: further (start, end) pairs over the same buffer, and nothing is copied. */
abstract class TextPartsStep extends LaneStep {
    private final BytesColumn parts = new BytesColumn();
    private final Chunk out = new Chunk();
    private final int[] starts = parts.starts();
    private final int[] ends = parts.ends();
    private int rows;

    TextPartsStep(ChunkSink next, Supplier<ChunkSink> genericChain) {
        super(next, genericChain);
    }

    /** Emit the parts of one text, the bytes {@code [start, end)}. */
    abstract void cut(UnsafeBuffer buffer, int start, int end) throws Exception;

    @Override
    final boolean fits(Chunk chunk) {
        return isText(chunk);
    }

    @Override
    final void acceptLane(Chunk chunk) throws Exception {
        BytesColumn texts = (BytesColumn) chunk.first();
        UnsafeBuffer buffer = texts.buffer();
        parts.wrap(buffer, ElementType.UTF8);
        int[] textStarts = texts.starts();
        int[] textEnds = texts.ends();
        for (int row = 0, count = chunk.rows(); row < count; row++) {
            cut(buffer, textStarts[row], textEnds[row]);
        }
        flush(); // the parts lie in this chunk's buffer; the next chunk may have another
    }

    final void emit(int start, int end) throws Exception {
        int row = rows;
        starts[row] = start;
        ends[row] = end;
        rows = row + 1;
        if (rows == Chunk.MAX_ROWS) {
            flush();
        }
    }

    private void flush() throws Exception {
        int full = rows;
        if (full > 0) {
            rows = 0;
            out.set(parts, full);
            next.accept(out);
        }
    }

    @Override
    public final void reset() {
        rows = 0;
        super.reset();
    }
}
