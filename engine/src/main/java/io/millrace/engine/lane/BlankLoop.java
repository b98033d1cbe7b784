package io.millrace.engine.lane;

import io.millrace.offheap.codec.Swar;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/** {@code Text.isBlank}: whether all bytes are ASCII white space. */
final class BlankLoop extends TextLoop {
    private final LongColumn answers = new LongColumn();

    BlankLoop() {
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
            values[at + row - from] = isBlank(buffer, starts[row], ends[row]) ? 1 : 0;
        }
        return to;
    }

    private static boolean isBlank(UnsafeBuffer buffer, int start, int end) {
        for (int at = start; at < end; at += Long.BYTES) {
            long other = Swar.HIGH_BITS & ~Swar.whiteSpace(buffer.getLong(at, ByteOrder.LITTLE_ENDIAN));
            if (other != 0 && at + Swar.first(other) < end) {
                return false;
            }
        }
        return true;
    }
}
