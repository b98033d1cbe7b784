package io.millrace.engine.save;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much is in a directory of parts.
 *
 * @param files parts, and the mark of success
 * @param bytes of all of them
 */
record Contents(int files, long bytes) {
    /** Cost: one look at each file. */
    static Contents of(Path directory) throws IOException {
        int files = 0;
        long bytes = 0;
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                files++;
                bytes += Files.size(entry);
            }
        }
        return new Contents(files, bytes);
    }

    @Override
    public String toString() {
        return files + " files of " + bytes + " bytes";
    }
}
