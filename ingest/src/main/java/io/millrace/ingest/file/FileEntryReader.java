package io.millrace.ingest.file;

import io.millrace.ingest.UnreadableInputException;
import io.millrace.offheap.codec.Utf8;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads what {@link FileEntryWriter} wrote; whatever else it is given, it refuses. Owner: one thread. */
final class FileEntryReader {
    /** Of an entry whose texts are empty, without a digest. */
    private static final int MIN_FILE_BYTES = 37;

    private static final String URI_BEGIN = "file:";
    private static final int MAX_NANO = 999_999_999;

    private final String what;
    private final ByteBuffer in;

    /** @param what the bytes should be, for messages */
    FileEntryReader(String what, byte[] bytes) {
        this.what = what;
        this.in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** @throws UnreadableInputException unless the next byte is the version */
    void readVersion(int known) {
        int version = readByte();
        if (version != known) {
            throw refused(0, "version " + version + ", this program knows version " + known);
        }
    }

    int readByte() {
        require(Byte.BYTES);
        return in.get() & 0xFF;
    }

    int readInt() {
        require(Integer.BYTES);
        return in.getInt();
    }

    long readLong() {
        require(Long.BYTES);
        return in.getLong();
    }

    /** A count, and so many files; behind them there is nothing. */
    List<TakenFile> readFiles() {
        int count = readInt();
        if (count < 0 || (long) count * MIN_FILE_BYTES > in.remaining()) {
            throw refused(in.position() - Integer.BYTES, count + " files in " + in.remaining() + " bytes");
        }
        List<TakenFile> files = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            files.add(readFile());
        }
        if (in.hasRemaining()) {
            throw refused(in.position(), in.remaining() + " bytes are left over");
        }
        return files;
    }

    private TakenFile readFile() {
        Path path = readPath();
        long size = readLong();
        if (size < 0) {
            throw refused(in.position() - Long.BYTES, "a file of " + size + " bytes");
        }
        FileTime modified = readTime();
        String key = readText();
        long batchMs = readLong();
        int flags = readByte();
        if ((flags & ~(FileEntryWriter.HAS_DIGEST | FileEntryWriter.IS_TOLD_OF)) != 0) {
            throw refused(in.position() - 1, "flags " + flags + ", expected 0 to 3");
        }
        FileDigest digest = (flags & FileEntryWriter.HAS_DIGEST) == 0 ? null : readDigest(size);
        return new TakenFile(
                new FileStamp(path, size, modified, key.isEmpty() ? null : key),
                digest,
                batchMs,
                (flags & FileEntryWriter.IS_TOLD_OF) != 0);
    }

    private Path readPath() {
        int at = in.position();
        String text = readText();
        Path path;
        try {
            path = text.startsWith(URI_BEGIN) ? Path.of(URI.create(text)) : Path.of(text);
        } catch (IllegalArgumentException noPath) {
            throw new UnreadableInputException(what, at, noPath);
        }
        if (!path.isAbsolute()) {
            throw refused(at, "'" + text + "' is no absolute path");
        }
        return path;
    }

    private FileTime readTime() {
        int at = in.position();
        long second = readLong();
        int nano = readInt();
        if (nano < 0 || nano > MAX_NANO) {
            throw refused(at + Long.BYTES, nano + " nanoseconds of a second");
        }
        try {
            return FileTime.from(Instant.ofEpochSecond(second, nano));
        } catch (DateTimeException noTime) {
            throw new UnreadableInputException(what, at, noTime);
        }
    }

    private FileDigest readDigest(long size) {
        int length = readInt();
        if (length < 0 || length > Math.min(size, FileDigest.MAX_BYTES)) {
            throw refused(in.position() - Integer.BYTES, "a digest of " + length + " bytes of a file of " + size);
        }
        return new FileDigest(length, readInt(), readInt());
    }

    private String readText() {
        int length = readInt();
        if (length < 0 || length > in.remaining()) {
            throw refused(
                    in.position() - Integer.BYTES,
                    "a text of " + length + " bytes where " + in.remaining() + " are left");
        }
        int at = in.position();
        if (!Utf8.isValid(in.array(), at, length)) {
            throw refused(at, "a text that is not valid UTF-8");
        }
        in.position(at + length);
        return new String(in.array(), at, length, StandardCharsets.UTF_8);
    }

    private void require(int bytes) {
        if (in.remaining() < bytes) {
            throw refused(in.position(), "it is cut: " + in.remaining() + " bytes are left, " + bytes + " expected");
        }
    }

    private UnreadableInputException refused(int offset, String wrong) {
        return new UnreadableInputException(what, offset, wrong);
    }
}
