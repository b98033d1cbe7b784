package io.millrace.ingest.file;

import io.millrace.api.FileChangedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * A file as it was when it was chosen.
 *
 * @param path where it is, absolute
 * @param size in bytes
 * @param modified when it was written last, as exactly as the file system keeps it
 * @param key what the file system tells files apart by, in words ({@code (dev=801,ino=12)}), or null; device numbers may be others
 *     once the machine was started anew
 */
public record FileStamp(Path path, long size, FileTime modified, String key) {
    private static final String BEHIND_DEVICE = ",ino=";

    /**
     * The file as it is now.
     *
     * @throws IOException if there is none, or it cannot be looked at
     */
    public static FileStamp of(Path path) throws IOException {
        return of(path, Files.readAttributes(path, BasicFileAttributes.class));
    }

    static FileStamp of(Path path, BasicFileAttributes attributes) {
        Object key = attributes.fileKey();
        return new FileStamp(
                path, attributes.size(), attributes.lastModifiedTime(), key == null ? null : key.toString());
    }

    /** When it was written last, in milliseconds since the epoch. */
    public long modifiedMs() {
        return modified.toMillis();
    }

    /** Whether the other is a file in the place of this one, not this one itself. */
    boolean isOtherFile(FileStamp other) {
        return !Objects.equals(key, other.key);
    }

    /** As {@link #isOtherFile}, also where one of the stamps is from before a restart: then only keys of one device tell. */
    boolean isOtherFileOfTheSameDevice(FileStamp other) {
        return isOtherFile(other)
                && key != null
                && other.key != null
                && deviceIn(key).equals(deviceIn(other.key));
    }

    private static String deviceIn(String key) {
        int end = key.indexOf(BEHIND_DEVICE);
        return end < 0 ? key : key.substring(0, end);
    }

    /** Whether the other, of the same path, has the same size and modification time. */
    boolean hasSizeAndTimeOf(FileStamp other) {
        return size == other.size && modified.equals(other.modified);
    }

    /**
     * Look again.
     *
     * @throws FileChangedException if the file is gone or another, or has another size or modification time
     */
    void requireUnchanged() throws IOException {
        try {
            requireSame(of(path));
        } catch (NoSuchFileException gone) {
            throw new FileChangedException(path, "it was " + this + " and is gone");
        }
    }

    /** As {@link #requireUnchanged}, once all its bytes are read: that it is gone does not matter then. */
    void requireUnchangedWhileRead() throws IOException {
        FileStamp now;
        try {
            now = of(path);
        } catch (NoSuchFileException gone) {
            return;
        }
        requireSame(now);
    }

    private void requireSame(FileStamp now) {
        if (!equals(now)) {
            String other = isOtherFile(now) ? ", another file" : "";
            throw new FileChangedException(path, "it was " + this + " and is " + now + other);
        }
    }

    /** {@code 12 bytes, modified 2024-03-01T10:00:00Z}. */
    @Override
    public String toString() {
        return size + " bytes, modified " + modified;
    }
}
