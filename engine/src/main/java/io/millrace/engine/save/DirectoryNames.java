package io.millrace.engine.save;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What makes directories, gives them their names, and lets names last; a test puts one here that fails, or ends the process. */
public interface DirectoryNames {
    /**
     * The real ones.
     *
     * @param forces whether forcing is done at all
     */
    static DirectoryNames onDisk(boolean forces) {
        return new DirectoryNames() {
            @Override
            public void make(Path directory) throws IOException {
                Files.createDirectory(directory);
            }

            @Override
            public void mark(Path file) throws IOException {
                Files.createFile(file);
            }

            @Override
            public void rename(Path from, Path to) throws IOException {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            }

            @Override
            public void delete(Path entry) throws IOException {
                Files.deleteIfExists(entry);
            }

            @Override
            public void force(Path directory) throws IOException {
                if (forces) {
                    Directories.force(directory);
                }
            }
        };
    }

    /** Make a directory in one that is there. */
    void make(Path directory) throws IOException;

    /** Make an empty file. */
    void mark(Path file) throws IOException;

    /** Give a directory another name, at once or not at all. */
    void rename(Path from, Path to) throws IOException;

    /** Delete a file or an empty directory; nothing there is fine. */
    void delete(Path entry) throws IOException;

    /** Let the names in a directory outlive a loss of power, if that is wanted. */
    void force(Path directory) throws IOException;
}
