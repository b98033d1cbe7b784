package io.millrace.engine.save;

import io.millrace.offheap.codec.Utf8;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Gathers text until it is worth writing. Used for one part after the other. Owner: one worker. */
final class TextBuffer {
    private static final int CAPACITY = 64 * 1024;
    /** More than the longest number has. */
    private static final int NUMBER_BYTES = 24;

    private final byte[] bytes = new byte[CAPACITY];
    private final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    private final ByteBuffer window = ByteBuffer.wrap(bytes);
    private WritableByteChannel out;
    private int end;

    void reset(WritableByteChannel channel) {
        out = channel;
        end = 0;
    }

    void put(char ascii) throws IOException {
        ensure(1);
        bytes[end++] = (byte) ascii;
    }

    void put(long number) throws IOException {
        ensure(NUMBER_BYTES);
        end += buffer.putLongAscii(end, number);
    }

    void put(DirectBuffer source, int offset, int length) throws IOException {
        for (int done = 0; done < length; ) {
            ensure(1);
            int step = Math.min(length - done, CAPACITY - end);
            buffer.putBytes(end, source, offset + done, step);
            end += step;
            done += step;
        }
    }

    void put(String text) throws IOException {
        long most = (long) text.length() * Utf8.MAX_BYTES_PER_CHAR;
        int length = -1;
        if (most <= CAPACITY) {
            ensure((int) most);
            length = Utf8.encode(text, bytes, end);
        }
        if (length >= 0) {
            end += length;
        } else {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            put(new UnsafeBuffer(encoded), 0, encoded.length);
        }
    }

    void flush() throws IOException {
        PartWriter.writeAll(out, window.limit(end).position(0));
        end = 0;
    }

    private void ensure(int more) throws IOException {
        if (more > CAPACITY - end) {
            flush();
        }
    }
}
