package io.millrace.engine.lane;

import io.millrace.offheap.codec.AsciiNumbers;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import org.agrona.concurrent.UnsafeBuffer;

/** {@code Text.parseDouble}. Plain decimals are read where they lie. */
final class ParseDoubleLoop extends TextLoop {
    private final DoubleColumn numbers = new DoubleColumn();

    @Override
    Column column() {
        return numbers;
    }

    @Override
    int run(BytesColumn texts, int from, int to, int at) {
        UnsafeBuffer buffer = texts.buffer();
        int[] starts = texts.starts();
        int[] ends = texts.ends();
        double[] values = numbers.values();
        for (int row = from; row < to; row++) {
            double value = AsciiNumbers.decimal(buffer, starts[row], ends[row]);
            if (Double.isNaN(value)) {
                try {
                    value = Double.parseDouble(texts.text(row));
                } catch (NumberFormatException isNone) {
                    return row;
                }
            }
            values[at + row - from] = value;
        }
        return to;
    }
}
