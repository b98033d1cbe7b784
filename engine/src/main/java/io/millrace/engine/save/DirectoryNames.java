package io.millrace.engine.save;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What gives a directory its name, and lets names last; a test puts one here that fails. */
interface DirectoryNames {
    /**
     * The real ones.
     *
     * @param forces whether forcing is done at all
     */
    static DirectoryNames onDisk(boolean forces) {
        return new DirectoryNames() {
            @Override
            public void rename(Path from, Path to) throws IOException {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
            }

            @Override
            public void force(Path directory) throws IOException {
                if (forces) {
                    Directories.force(directory);
                }
            }
        };
    }

    /** Give a directory another name, at once or not at all. */
    void rename(Path from, Path to) throws IOException;

    /** Let the names in a directory outlive a loss of power, if that is wanted. */
    void force(Path directory) throws IOException;
}
