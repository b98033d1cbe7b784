package io.millrace.engine.lane;

import io.millrace.offheap.codec.AsciiNumbers;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import org.agrona.concurrent.UnsafeBuffer;

/** {@code Text.parseInt} and {@code Text.parseLong}. Up to 18 ASCII digits with a sign are read where they lie. */
final class ParseLongLoop extends TextLoop {
    private final LongColumn numbers = new LongColumn();
    private final long least;
    private final long most;

    /** @param type INT or LONG */
    ParseLongLoop(ElementType type) {
        numbers.setType(type);
        boolean isInt = type == ElementType.INT;
        least = isInt ? Integer.MIN_VALUE : Long.MIN_VALUE;
        most = isInt ? Integer.MAX_VALUE : Long.MAX_VALUE;
    }

    @Override
    Column column() {
        return numbers;
    }

    @Override
    int run(BytesColumn texts, int from, int to, int at) {
        UnsafeBuffer buffer = texts.buffer();
        int[] starts = texts.starts();
        int[] ends = texts.ends();
        long[] values = numbers.values();
        for (int row = from; row < to; row++) {
            int start = starts[row];
            int end = ends[row];
            byte sign = start < end ? buffer.getByte(start) : 0;
            boolean isSigned = sign == '-' || sign == '+';
            long value = AsciiNumbers.digits(buffer, isSigned ? start + 1 : start, end);
            if (value == AsciiNumbers.NOT_PLAIN) {
                try {
                    value = Long.parseLong(texts.text(row));
                } catch (NumberFormatException isNone) {
                    return row;
                }
            } else if (sign == '-') {
                value = -value;
            }
            if (value < least || value > most) {
                return row;
            }
            values[at + row - from] = value;
        }
        return to;
    }
}
