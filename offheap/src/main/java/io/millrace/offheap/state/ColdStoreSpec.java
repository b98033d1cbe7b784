package io.millrace.offheap.state;

import java.nio.file.Path;

/**
 * What a cold store is to be.
 *
 * @param directory of the engine's scratch files; exists, and is the caller's
 * @param name of the store, unlike that of any other in the directory; letters, digits, {@code -} and {@code .}
 * @param keyBytes the length of all keys; 0 if they differ
 * @param maxBytes the most disk that this store may take
 */
public record ColdStoreSpec(Path directory, String name, int keyBytes, long maxBytes) {
    /** @throws IllegalArgumentException if a number is negative */
    public ColdStoreSpec {
        if (keyBytes < 0 || maxBytes < 0) {
            throw new IllegalArgumentException("a cold store of keys of " + keyBytes + " bytes and at most " + maxBytes
                    + " bytes of disk; give 0 or more");
        }
    }
}
