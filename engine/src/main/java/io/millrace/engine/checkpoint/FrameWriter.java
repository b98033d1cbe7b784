package io.millrace.engine.checkpoint;

import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;

/** One frame's fields, one behind the other, little-endian. Used again for each frame. Owner: one thread. */
final class FrameWriter {
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer(256);
    private int length;

    FrameWriter begin() {
        length = 0;
        return this;
    }

    FrameWriter putInt(int value) {
        buffer.putInt(length, value, ByteOrder.LITTLE_ENDIAN);
        length += Integer.BYTES;
        return this;
    }

    FrameWriter putLong(long value) {
        buffer.putLong(length, value, ByteOrder.LITTLE_ENDIAN);
        length += Long.BYTES;
        return this;
    }

    FrameWriter putText(String text) {
        return putBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    /** @param bytes null is written as the length -1 */
    FrameWriter putBytes(byte[] bytes) {
        if (bytes == null) {
            return putInt(-1);
        }
        putInt(bytes.length);
        buffer.putBytes(length, bytes);
        length += bytes.length;
        return this;
    }

    FrameWriter putBytes(DirectBuffer from, int offset, int count) {
        putInt(count);
        buffer.putBytes(length, from, offset, count);
        length += count;
        return this;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int length() {
        return length;
    }

    byte[] toBytes() {
        byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return bytes;
    }
}
