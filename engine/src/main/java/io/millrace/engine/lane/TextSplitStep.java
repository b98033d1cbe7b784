package io.millrace.engine.lane;

import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import java.nio.ByteOrder;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * {@code flatMap(Text.split(c))} over the bytes, exactly as {@link String#split(String)} of that one character: parts are
 * further (start, end) pairs over the same buffer, and nothing is copied. Cost: one pass, eight bytes at a time.
 */
public final class TextSplitStep extends LaneStep {
    private final long separator;
    private final BytesColumn parts = new BytesColumn();
    private final Chunk out = new Chunk();
    private final int[] starts = parts.starts();
    private final int[] ends = parts.ends();
    private int rows;

    /** @param separator an ASCII character */
    public TextSplitStep(char separator, ChunkSink next, Supplier<ChunkSink> genericChain) {
        super(next, genericChain);
        if (separator > 0x7f) {
            throw new IllegalArgumentException("separator U+" + Integer.toHexString(separator) + " is not ASCII");
        }
        this.separator = Swar.repeated((byte) separator);
    }

    @Override
    boolean fits(Chunk chunk) {
        return isText(chunk);
    }

    @Override
    void acceptLane(Chunk chunk) throws Exception {
        BytesColumn lines = (BytesColumn) chunk.first();
        UnsafeBuffer buffer = lines.buffer();
        parts.wrap(buffer, ElementType.UTF8);
        int[] lineStarts = lines.starts();
        int[] lineEnds = lines.ends();
        for (int row = 0, count = chunk.rows(); row < count; row++) {
            split(buffer, lineStarts[row], lineEnds[row]);
        }
        flush(); // the parts lie in this chunk's buffer; the next chunk may have another
    }

    private void split(UnsafeBuffer buffer, int start, int end) throws Exception {
        int partStart = start;
        int empties = 0; // empty parts count only once a part that is not empty follows them
        for (int at = start; at < end; at += Long.BYTES) {
            long word = buffer.getLong(at, ByteOrder.LITTLE_ENDIAN);
            long hits = Swar.firstBytes(Swar.zeros(word ^ separator), end - at);
            while (hits != 0) {
                int hit = at + Swar.firstByte(hits);
                hits &= hits - 1;
                if (hit == partStart) {
                    empties++;
                } else {
                    if (empties > 0) {
                        emitEmpties(empties, start);
                        empties = 0;
                    }
                    emit(partStart, hit);
                }
                partStart = hit + 1;
            }
        }
        if (partStart < end) {
            emitEmpties(empties, start);
            emit(partStart, end);
        } else if (start == end) {
            emit(start, end); // the empty text has one part, the empty text
        }
    }

    private void emitEmpties(int count, int at) throws Exception {
        for (int i = 0; i < count; i++) {
            emit(at, at);
        }
    }

    private void emit(int start, int end) throws Exception {
        int row = rows;
        starts[row] = start;
        ends[row] = end;
        rows = row + 1;
        if (rows == Chunk.MAX_ROWS) {
            flush();
        }
    }

    @Override
    void flush() throws Exception {
        int full = rows;
        if (full > 0) {
            rows = 0;
            out.set(parts, full);
            next.accept(out);
        }
    }

    @Override
    public void reset() {
        rows = 0;
        super.reset();
    }
}
