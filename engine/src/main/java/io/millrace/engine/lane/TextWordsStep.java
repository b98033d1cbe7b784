package io.millrace.engine.lane;

import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/** {@code flatMap(Text.words())} over the bytes: runs of ASCII white space part the words, and no word is empty. */
public final class TextWordsStep extends LaneStep {
    private final BytesColumn words = new BytesColumn();
    private final Chunk out = new Chunk();
    private final int[] starts = words.starts();
    private final int[] ends = words.ends();
    private int rows;

    /** A step in front of {@code next}. */
    public TextWordsStep(ChunkSink next, Supplier<ChunkSink> genericChain) {
        super(next, genericChain);
    }

    @Override
    boolean fits(Chunk chunk) {
        return isText(chunk);
    }

    @Override
    void acceptLane(Chunk chunk) throws Exception {
        BytesColumn lines = (BytesColumn) chunk.first();
        words.wrap(lines.buffer(), ElementType.UTF8);
        int[] lineStarts = lines.starts();
        int[] lineEnds = lines.ends();
        for (int row = 0, count = chunk.rows(); row < count; row++) {
            cut(lines.buffer(), lineStarts[row], lineEnds[row]);
        }
        flush();
    }

    private void cut(UnsafeBuffer buffer, int start, int end) throws Exception {
        int at = start;
        while (at < end) {
            while (at < end && isWhiteSpace(buffer.getByte(at))) {
                at++;
            }
            int wordStart = at;
            while (at < end && !isWhiteSpace(buffer.getByte(at))) {
                at++;
            }
            if (at > wordStart) {
                emit(wordStart, at);
            }
        }
    }

    private static boolean isWhiteSpace(byte value) {
        return value == ' ' || value >= '\t' && value <= '\r';
    }

    private void emit(int start, int end) throws Exception {
        starts[rows] = start;
        ends[rows] = end;
        if (++rows == Chunk.MAX_ROWS) {
            flush();
        }
    }

    @Override
    void flush() throws Exception {
        int full = rows;
        if (full > 0) {
            rows = 0;
            out.set(words, full);
            next.accept(out);
        }
    }

    @Override
    public void reset() {
        rows = 0;
        super.reset();
    }
}
