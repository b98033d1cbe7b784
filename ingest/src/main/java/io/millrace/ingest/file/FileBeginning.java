package io.millrace.ingest.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The first bytes of a file, by which a file that grew is told from another file in its place.
 *
 * @param length how many they are
 * @param checksum CRC-32C of them
 */
record FileBeginning(int length, int checksum) {
    private static final int MAX_BYTES = 1024;

    /** The beginning of a file that is there now. */
    static FileBeginning of(Path file) throws IOException {
        return of(file, MAX_BYTES);
    }

    /** Whether the file, as it is now, begins with the same bytes. */
    boolean isThatOf(Path file) throws IOException {
        return equals(of(file, length));
    }

    private static FileBeginning of(Path file, int mostBytes) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(mostBytes);
            CRC32C crc = new CRC32C();
            crc.update(bytes);
            return new FileBeginning(bytes.length, (int) crc.getValue());
        }
    }
}
