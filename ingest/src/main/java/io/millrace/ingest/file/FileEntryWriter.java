package io.millrace.ingest.file;

import io.millrace.offheap.codec.ByteBuilder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;

/** Writes files, as {@code ingest/docs/file-ledger-format.md} has them. Owner: one thread. */
final class FileEntryWriter {
    static final int HAS_DIGEST = 1;
    static final int IS_TOLD_OF = 2;

    private final ByteBuilder out = new ByteBuilder(256);

    void putByte(int value) {
        out.putByte(value);
    }

    void putInt(int value) {
        out.putInt(value);
    }

    void putLong(long value) {
        out.putLong(value);
    }

    void putFile(TakenFile taken) {
        FileStamp file = taken.file();
        FileDigest digest = taken.digest();
        putText(textOf(file.path()));
        out.putLong(file.size());
        Instant modified = file.modified().toInstant();
        out.putLong(modified.getEpochSecond());
        out.putInt(modified.getNano());
        putText(file.key() == null ? "" : file.key());
        out.putLong(taken.batchMs());
        out.putByte((digest == null ? 0 : HAS_DIGEST) | (taken.isToldOf() ? IS_TOLD_OF : 0));
        if (digest != null) {
            out.putInt(digest.length());
            out.putInt(digest.head());
            out.putInt(digest.tail());
        }
    }

    /** A name whose bytes are no text of this machine's encoding is kept in the coded form of a URI. */
    private static String textOf(Path path) {
        String text = path.toString();
        return Path.of(text).equals(path) ? text : path.toUri().toString();
    }

    private void putText(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putInt(bytes.length);
        out.putBytes(bytes, 0, bytes.length);
    }

    byte[] bytes() {
        return Arrays.copyOf(out.array(), out.length());
    }
}
