package io.millrace.engine.lane;

import io.millrace.offheap.codec.Utf8;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import org.agrona.concurrent.UnsafeBuffer;

/** {@code Text.length}: the chars that the bytes would be as a String. */
final class LengthLoop extends TextLoop {
    private final LongColumn lengths = new LongColumn();

    LengthLoop() {
        lengths.setType(ElementType.INT);
    }

    @Override
    Column column() {
        return lengths;
    }

    @Override
    int run(BytesColumn texts, int from, int to, int at) {
        UnsafeBuffer buffer = texts.buffer();
        int[] starts = texts.starts();
        int[] ends = texts.ends();
        long[] values = lengths.values();
        for (int row = from; row < to; row++) {
            values[at + row - from] = Utf8.charCount(buffer, starts[row], ends[row]);
        }
        return to;
    }
}
