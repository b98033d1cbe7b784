package io.millrace.engine.lane;

import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.ElementType;
import org.agrona.concurrent.UnsafeBuffer;

/** {@code Text.trim}: a narrower range of each text; nothing is copied. */
final class TrimLoop extends TextLoop {
    private final BytesColumn trimmed = new BytesColumn();

    @Override
    BytesColumn column() {
        return trimmed;
    }

    @Override
    void begin(BytesColumn texts) {
        trimmed.wrap(texts.buffer(), ElementType.UTF8);
    }

    @Override
    int run(BytesColumn texts, int from, int to, int at) {
        UnsafeBuffer buffer = texts.buffer();
        int[] textStarts = texts.starts();
        int[] textEnds = texts.ends();
        int[] starts = trimmed.starts();
        int[] ends = trimmed.ends();
        for (int row = from; row < to; row++) {
            int start = textStarts[row];
            int end = textEnds[row];
            while (start < end && isTrimmed(buffer.getByte(start))) {
                start++;
            }
            while (start < end && isTrimmed(buffer.getByte(end - 1))) {
                end--;
            }
            starts[at + row - from] = start;
            ends[at + row - from] = end;
        }
        return to;
    }

    /** U+0000 to U+0020; the bytes of what is not ASCII are negative. */
    private static boolean isTrimmed(byte value) {
        return value >= 0 && value <= ' ';
    }
}
