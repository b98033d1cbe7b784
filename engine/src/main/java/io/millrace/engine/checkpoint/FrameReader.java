package io.millrace.engine.checkpoint;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads what {@link FrameWriter} wrote. The bytes were verified by their checksum, so what does not fit is of another release. */
final class FrameReader {
    private final DirectBuffer buffer;
    private int at;

    FrameReader(DirectBuffer buffer) {
        this.buffer = buffer;
    }

    FrameReader(byte[] bytes) {
        this(new UnsafeBuffer(bytes));
    }

    int readInt() {
        return buffer.getInt(take(Integer.BYTES), ByteOrder.LITTLE_ENDIAN);
    }

    long readLong() {
        return buffer.getLong(take(Long.BYTES), ByteOrder.LITTLE_ENDIAN);
    }

    String readText() {
        return new String(readBytes(), StandardCharsets.UTF_8);
    }

    /** Null if it was null. */
    byte[] readBytes() {
        int length = readInt();
        if (length < 0) {
            return null;
        }
        byte[] bytes = new byte[Math.min(length, buffer.capacity())];
        buffer.getBytes(take(length), bytes);
        return bytes;
    }

    private int take(int length) {
        if (length > buffer.capacity() - at) {
            throw new IllegalStateException("a frame of " + buffer.capacity() + " bytes has no " + length + " at " + at
                    + ": it was written by another release of Millrace; go on with that one");
        }
        int from = at;
        at += length;
        return from;
    }
}
