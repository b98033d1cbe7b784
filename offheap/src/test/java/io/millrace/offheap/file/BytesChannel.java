package io.millrace.offheap.file;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;

/** Files that are arrays: one that is written, and one that is read. Both take and give little at a time. */
final class BytesChannel {
    private static final int MOST_AT_ONCE = 1000;

    private BytesChannel() {}

    static WritableByteChannel to(ByteArrayOutputStream out) {
        return new WritableByteChannel() {
            @Override
            public int write(ByteBuffer source) {
                int count = Math.min(MOST_AT_ONCE, source.remaining());
                for (int i = 0; i < count; i++) {
                    out.write(source.get());
                }
                return count;
            }

            @Override
            public boolean isOpen() {
                return true;
            }

            @Override
            public void close() {}
        };
    }

    static SeekableByteChannel of(byte[] bytes) {
        return new SeekableByteChannel() {
            private int position;
            private boolean isOpen = true;

            @Override
            public int read(ByteBuffer target) {
                int count = Math.min(Math.min(MOST_AT_ONCE, target.remaining()), bytes.length - position);
                if (count <= 0) {
                    return -1;
                }
                target.put(bytes, position, count);
                position += count;
                return count;
            }

            @Override
            public int write(ByteBuffer source) {
                throw new UnsupportedOperationException();
            }

            @Override
            public long position() {
                return position;
            }

            @Override
            public SeekableByteChannel position(long newPosition) {
                position = (int) newPosition;
                return this;
            }

            @Override
            public long size() {
                return bytes.length;
            }

            @Override
            public SeekableByteChannel truncate(long size) {
                throw new UnsupportedOperationException();
            }

            @Override
            public boolean isOpen() {
                return isOpen;
            }

            @Override
            public void close() {
                isOpen = false;
            }
        };
    }
}
