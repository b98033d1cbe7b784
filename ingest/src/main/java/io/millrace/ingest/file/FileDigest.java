package io.millrace.ingest.file;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The first and the last bytes of a file: by the first a file that grew is told from another file in its place, by both a file that
 * was changed within from one that only got another inode.
 *
 * @param length how many first bytes, and how many last ones
 * @param head CRC-32C of the first
 * @param tail CRC-32C of the last
 */
record FileDigest(int length, int head, int tail) {
    /** Most of a file's bytes that are looked at, at either end. */
    static final int MAX_BYTES = 1024;

    /** That of a file which could not be read: any file may be it. */
    static final FileDigest UNKNOWN = new FileDigest(0, 0, 0);

    /**
     * That of a file that is there now.
     *
     * @throws IOException if it cannot be read, or has become shorter meanwhile
     */
    static FileDigest of(FileStamp file) throws IOException {
        int length = (int) Math.min(MAX_BYTES, file.size());
        try (FileChannel channel = FileChannel.open(file.path())) {
            return new FileDigest(
                    length,
                    checksum(channel, file.path(), 0, length),
                    checksum(channel, file.path(), file.size() - length, length));
        }
    }

    /** That of a file that is there now; {@link #UNKNOWN} if it cannot be read. */
    static FileDigest ifReadable(FileStamp file) {
        try {
            return of(file);
        } catch (IOException unreadable) {
            return UNKNOWN;
        }
    }

    /** Whether the file, as it is now, begins with the same bytes. */
    boolean isBeginningOf(FileStamp file) throws IOException {
        try (FileChannel channel = FileChannel.open(file.path())) {
            return file.size() >= length && head == checksum(channel, file.path(), 0, length);
        }
    }

    /** Whether the file, as it is now and of the size it had, begins and ends with the same bytes. */
    boolean isThatOf(FileStamp file) throws IOException {
        return equals(UNKNOWN) || equals(of(file));
    }

    private static int checksum(FileChannel channel, Path path, long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("file " + path + " ends at " + (offset + bytes.position()) + ", before the "
                        + (offset + length) + " bytes it had");
            }
        }
        CRC32C crc = new CRC32C();
        crc.update(bytes.flip());
        return (int) crc.getValue();
    }
}
