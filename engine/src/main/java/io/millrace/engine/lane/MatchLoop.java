package io.millrace.engine.lane;

import io.millrace.api.function.Expression;
import io.millrace.offheap.codec.ByteSearch;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import java.nio.charset.StandardCharsets;
import org.agrona.concurrent.UnsafeBuffer;

/** {@code Text.contains} and its like: whether the text's bytes stand where they have to. */
final class MatchLoop extends TextLoop {
    private final Expression.Place place;
    private final byte[] text;
    private final LongColumn answers = new LongColumn();

    /** @param text without lone surrogates: those have no UTF-8 */
    MatchLoop(Expression.Place place, String text) {
        this.place = place;
        this.text = text.getBytes(StandardCharsets.UTF_8);
        answers.setType(ElementType.BOOLEAN);
    }

    @Override
    LongColumn column() {
        return answers;
    }

    @Override
    int run(BytesColumn texts, int from, int to, int at) {
        UnsafeBuffer buffer = texts.buffer();
        int[] starts = texts.starts();
        int[] ends = texts.ends();
        long[] values = answers.values();
        for (int row = from; row < to; row++) {
            values[at + row - from] = matches(buffer, starts[row], ends[row]) ? 1 : 0;
        }
        return to;
    }

    private boolean matches(UnsafeBuffer buffer, int start, int end) {
        return switch (place) {
            case START -> ByteSearch.startsWith(buffer, start, end, text);
            case END -> ByteSearch.endsWith(buffer, start, end, text);
            case WHOLE -> end - start == text.length && ByteSearch.startsWith(buffer, start, end, text);
            case ANYWHERE -> text.length == 0 || ByteSearch.indexOf(buffer, start, end, text) < end;
        };
    }
}
