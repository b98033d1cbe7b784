package io.millrace.engine.lane;

import io.millrace.offheap.codec.Swar;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryRegion;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * {@code Text.lowerCase} and {@code Text.upperCase}: ASCII, eight bytes at a time, into a buffer of the loop's own on the heap, which
 * grows to the longest chunk. Text with other characters takes the way over a String.
 */
final class CaseLoop extends TextLoop {
    private final boolean upper;
    private final BytesColumn changed = new BytesColumn();
    private byte[] bytes = new byte[1 << 12];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private int written;

    CaseLoop(boolean upper) {
        this.upper = upper;
        changed.wrap(buffer, ElementType.UTF8);
    }

    @Override
    BytesColumn column() {
        return changed;
    }

    @Override
    void begin(BytesColumn texts) {
        written = 0;
    }

    @Override
    int run(BytesColumn texts, int from, int to, int at) {
        UnsafeBuffer source = texts.buffer();
        int[] starts = texts.starts();
        int[] ends = texts.ends();
        for (int row = from; row < to; row++) {
            int begin = written;
            if (!changeAscii(source, starts[row], ends[row])) {
                put(changed(texts.text(row)).getBytes(StandardCharsets.UTF_8));
            }
            changed.starts()[at + row - from] = begin;
            changed.ends()[at + row - from] = written;
        }
        return to;
    }

    /** False, and nothing is written, if there are other characters. */
    private boolean changeAscii(UnsafeBuffer source, int start, int end) {
        int length = end - start;
        makeRoom(length);
        for (int done = 0; done < length; done += Long.BYTES) {
            long word = source.getLong(start + done, ByteOrder.LITTLE_ENDIAN);
            long notAscii = Swar.notAscii(word);
            if (notAscii != 0 && done + Swar.first(notAscii) < length) {
                return false;
            }
            buffer.putLong(
                    written + done, upper ? Swar.upperCase(word) : Swar.lowerCase(word), ByteOrder.LITTLE_ENDIAN);
        }
        written += length;
        return true;
    }

    private String changed(String text) {
        return upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
    }

    private void put(byte[] text) {
        makeRoom(text.length);
        buffer.putBytes(written, text);
        written += text.length;
    }

    private void makeRoom(int length) {
        int needed = Math.addExact(written, Math.addExact(length, MemoryRegion.PADDING));
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(needed, (int) Math.min(2L * bytes.length, Integer.MAX_VALUE - 8)));
            buffer.wrap(bytes);
        }
    }
}
