package io.millrace.ingest.file;

import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A piece of a file in memory, readable {@link MemoryRegion#PADDING} bytes behind its end. Off the heap and on the ledger; on the
 * heap where the cap forbids that, because what is read makes room again by being worked off.
 *
 * <p>Owner: one reader, which closes it.
 */
final class FileWindow implements AutoCloseable {
    private final MemoryRegion region;
    private final ByteBuffer bytes;
    private final UnsafeBuffer buffer;
    private int limit;

    /** An empty window of so many bytes. */
    FileWindow(MemoryLedger ledger, int capacity) {
        region = ledger.tryAllocate(MemoryUse.FILE, capacity);
        if (region != null) {
            bytes = region.byteBuffer();
            buffer = region.buffer();
        } else {
            byte[] heap = new byte[capacity + MemoryRegion.PADDING];
            bytes = ByteBuffer.wrap(heap, 0, capacity).slice();
            buffer = new UnsafeBuffer(heap);
        }
    }

    /** The bytes; those from 0 to {@link #limit} mean something. */
    UnsafeBuffer buffer() {
        return buffer;
    }

    int limit() {
        return limit;
    }

    int capacity() {
        return bytes.capacity();
    }

    int free() {
        return bytes.capacity() - limit;
    }

    /** Forget the bytes before {@code from}: what follows moves to the front. */
    void dropBefore(int from) {
        if (from > 0) {
            buffer.putBytes(0, buffer, from, limit - from);
            limit -= from;
        }
    }

    /** Append other bytes, for which there is room. */
    void append(UnsafeBuffer source, int offset, int length) {
        buffer.putBytes(limit, source, offset, length);
        limit += length;
    }

    /** So many bytes behind the limit were filled by way of {@link #buffer}. */
    void advance(int length) {
        limit += length;
    }

    void clear() {
        limit = 0;
    }

    /**
     * Read on into the free bytes.
     *
     * @return how many came; -1 at the end of the file
     */
    int readFrom(ReadableByteChannel channel) throws IOException {
        bytes.limit(bytes.capacity()).position(limit);
        int read = channel.read(bytes);
        limit += Math.max(0, read);
        return read;
    }

    @Override
    public void close() {
        if (region != null) {
            region.close();
        }
    }
}
