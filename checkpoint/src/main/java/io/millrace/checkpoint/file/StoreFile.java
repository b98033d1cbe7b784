package io.millrace.checkpoint.file;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * An open file. One thread at a time, but for {@link #force}, which another may call while the first one reads and writes; never
 * a thread that may be interrupted, since an interrupt closes the file.
 * The methods throw as {@link FileStore} says.
 */
public interface StoreFile extends AutoCloseable {

    /** How much {@link #preallocate} writes at a time, bytes. */
    int ZERO_BYTES = 1 << 16;

    /**
     * What it was opened as.
     *
     * @return the name
     */
    String name();

    /**
     * Read until the buffer is full.
     *
     * @param position bytes from the file's beginning
     * @param into filled from its position to its limit
     * @throws IOException if the file ends before, or cannot be read
     */
    void read(long position, ByteBuffer into) throws IOException;

    /**
     * Write until the buffer is drained, however little each write takes.
     *
     * @param position bytes from the file's beginning; a gap behind the file's end becomes zero
     * @param from drained from its position to its limit
     * @throws IOException if not all was written; how much was is not known
     */
    void write(long position, ByteBuffer from) throws IOException;

    /**
     * How long it is.
     *
     * @return bytes
     * @throws IOException if that cannot be known
     */
    long size() throws IOException;

    /**
     * Cut it. A file that is no longer than that stays as it is.
     *
     * @param size bytes that stay
     * @throws IOException if it could not be cut
     */
    void truncate(long size) throws IOException;

    /**
     * Make durable what was written before the call; of what is written meanwhile nothing is known. When it throws, the file is
     * lost for writing: a second call may return normally although the data is gone, so none is made. Write what is not known to
     * be durable to another file.
     *
     * @param metadata whether the file has grown, or been cut, since the last call
     * @throws IOException if it is not sure that all is durable
     */
    void force(boolean metadata) throws IOException;

    /**
     * Take the space from the file's end up to a size by writing zeros: a missing byte shows here, not in the middle of a frame.
     *
     * @param size bytes that the file has afterwards, at least
     * @throws IOException if there is no space
     */
    default void preallocate(long size) throws IOException {
        long end = size();
        ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.max(0, Math.min(ZERO_BYTES, size - end)));
        while (end < size) {
            zeros.clear().limit((int) Math.min(zeros.capacity(), size - end));
            int length = zeros.remaining();
            write(end, zeros);
            end += length;
        }
    }

    /**
     * Close it. Nothing becomes durable by it. A second call does nothing.
     *
     * @throws IOException if the system says so
     */
    @Override
    void close() throws IOException;
}
