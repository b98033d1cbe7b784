package io.millrace.engine.lane;

import io.millrace.offheap.codec.ByteSearch;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.ElementType;
import org.agrona.concurrent.UnsafeBuffer;

/** {@code Fields.textAt}: a range within each text's range, found by its ASCII delimiter; nothing is copied. */
final class FieldLoop extends TextLoop {
    private final int index;
    private final byte delimiter;
    private final BytesColumn fields = new BytesColumn();

    FieldLoop(int index, char delimiter) {
        this.index = index;
        this.delimiter = (byte) delimiter;
    }

    @Override
    BytesColumn column() {
        return fields;
    }

    @Override
    void begin(BytesColumn texts) {
        fields.wrap(texts.buffer(), ElementType.UTF8);
    }

    @Override
    int run(BytesColumn texts, int from, int to, int at) {
        UnsafeBuffer buffer = texts.buffer();
        int[] textStarts = texts.starts();
        int[] textEnds = texts.ends();
        int[] starts = fields.starts();
        int[] ends = fields.ends();
        for (int row = from; row < to; row++) {
            int end = textEnds[row];
            int start = ByteSearch.behind(buffer, textStarts[row], end, delimiter, index);
            if (start < 0) {
                return row;
            }
            starts[at + row - from] = start;
            ends[at + row - from] = ByteSearch.indexOf(buffer, start, end, delimiter);
        }
        return to;
    }
}
