package io.millrace.engine.lane;

import io.millrace.api.function.Expression.Place;
import io.millrace.engine.task.ChunkSink;
import io.millrace.offheap.codec.ByteSearch;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.agrona.concurrent.UnsafeBuffer;

/** {@code filter} with {@code Text.contains} and its like over the bytes. */
public final class TextFilterStep extends LaneStep {
    private final Place place;
    private final byte[] text;
    private final BytesColumn kept = new BytesColumn();
    private final Chunk out = new Chunk();

    /** @param text without lone surrogates: those have no UTF-8 */
    public TextFilterStep(Place place, String text, ChunkSink next, Supplier<ChunkSink> genericChain) {
        super(next, genericChain);
        this.place = place;
        this.text = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    boolean fits(Chunk chunk) {
        return isText(chunk);
    }

    @Override
    void acceptLane(Chunk chunk) throws Exception {
        BytesColumn rows = (BytesColumn) chunk.first();
        UnsafeBuffer buffer = rows.buffer();
        kept.wrap(buffer, ElementType.UTF8);
        int[] starts = rows.starts();
        int[] ends = rows.ends();
        int found = 0;
        for (int row = 0, count = chunk.rows(); row < count; row++) {
            if (matches(buffer, starts[row], ends[row])) {
                kept.starts()[found] = starts[row];
                kept.ends()[found++] = ends[row];
            }
        }
        if (found > 0) {
            out.set(kept, found);
            next.accept(out);
        }
    }

    private boolean matches(UnsafeBuffer buffer, int start, int end) {
        return switch (place) {
            case START -> ByteSearch.startsWith(buffer, start, end, text);
            case WHOLE -> end - start == text.length && ByteSearch.startsWith(buffer, start, end, text);
            case END -> ByteSearch.endsWith(buffer, start, end, text);
            case ANYWHERE -> text.length == 0 || ByteSearch.indexOf(buffer, start, end, text) < end;
        };
    }
}
