package io.millrace.checkpoint.snapshot;

import io.millrace.checkpoint.file.FileStore;

/**
 * A sealed file and what it must be.
 *
 * @param name in the directory
 * @param length bytes
 * @param checksum CRC32C of all its bytes
 */
public record SealedFileRef(String name, long length, int checksum) {

    /** Checks the name. */
    public SealedFileRef {
        FileStore.requireName(name);
    }
}
