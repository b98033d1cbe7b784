package io.millrace.offheap.chronicle;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * What stands in a map for a value: up to 4 KiB the value itself, followed by a 0; beyond, where it lies in a file of large
 * values, followed by a 1. An entry must lie in one segment of a map in one piece, and a map is made for the usual size: large
 * values would have every map made for them.
 *
 * <p>A large value lies in an extent whose length is a power of two. Free extents are kept by length and given again; the file
 * is never cut. Heap: a number per free extent.
 *
 * <p>Thread: one writer; readers may look on while nobody writes.
 */
final class StoredValues implements AutoCloseable {
    private static final int MAX_INLINE_BYTES = 4 * 1024;
    private static final byte INLINE = 0;
    private static final byte LARGE = 1;

    private final Path path;
    private final List<Deque<Long>> freeExtents = new ArrayList<>();
    // Null until the first large value. No FileChannel: an interrupt of the thread that reads would close it for all.
    private RandomAccessFile file;
    private long end;

    /**
     * Makes no file yet.
     *
     * @param path of a file that does not exist
     */
    StoredValues(Path path) {
        this.path = path;
        for (int bits = 0; bits < Integer.SIZE; bits++) {
            freeExtents.add(new ArrayDeque<>());
        }
    }

    /** Of the file of large values. Bytes. */
    long length() {
        return end;
    }

    /** By how much the file would grow for a value of this length. Bytes. */
    long growth(int valueLength) {
        boolean grows = valueLength > MAX_INLINE_BYTES
                && freeExtents.get(extentBits(valueLength)).isEmpty();
        return grows ? 1L << extentBits(valueLength) : 0;
    }

    /**
     * Make of a value what a map is to hold.
     *
     * @return a new array
     * @throws IOException if the disk has no room for a large one, or refuses; nothing is taken
     */
    byte[] store(byte[] value) throws IOException {
        if (value.length <= MAX_INLINE_BYTES) {
            byte[] stored = Arrays.copyOf(value, value.length + 1);
            stored[value.length] = INLINE;
            return stored;
        }
        int bits = extentBits(value.length);
        long position = takeExtent(bits);
        try {
            write(position, value);
        } catch (IOException e) {
            freeExtents.get(bits).push(position);
            throw e;
        }
        return ByteBuffer.allocate(Long.BYTES + Integer.BYTES + 1)
                .putLong(position)
                .putInt(value.length)
                .put(LARGE)
                .array();
    }

    /** The value that a map holds this for; a new array. */
    byte[] load(byte[] stored) {
        if (!isLarge(stored)) {
            return Arrays.copyOf(stored, stored.length - 1);
        }
        ByteBuffer where = ByteBuffer.wrap(stored);
        return read(where.getLong(), where.getInt());
    }

    /** No map holds this any more; null does nothing. */
    void free(byte[] stored) {
        if (stored != null && isLarge(stored)) {
            ByteBuffer where = ByteBuffer.wrap(stored);
            long position = where.getLong();
            freeExtents.get(extentBits(where.getInt())).push(position);
        }
    }

    /** Delete the file. */
    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not delete the scratch file " + path, e);
        }
    }

    private static boolean isLarge(byte[] stored) {
        return stored[stored.length - 1] == LARGE;
    }

    private static int extentBits(int length) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(length - 1);
    }

    private long takeExtent(int bits) {
        Long free = freeExtents.get(bits).poll();
        if (free != null) {
            return free;
        }
        long position = end;
        end += 1L << bits;
        return position;
    }

    private synchronized void write(long position, byte[] value) throws IOException {
        if (file == null) {
            file = new RandomAccessFile(path.toFile(), "rw");
        }
        file.seek(position);
        file.write(value);
    }

    private synchronized byte[] read(long position, int length) {
        byte[] value = new byte[length];
        try {
            file.seek(position);
            file.readFully(value);
        } catch (IOException e) {
            throw new UncheckedIOException("could not read " + length + " bytes at " + position + " of " + path, e);
        }
        return value;
    }
}
