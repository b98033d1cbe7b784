package io.millrace.offheap.chronicle;

import io.millrace.offheap.state.ColdStore;
import io.millrace.offheap.state.ColdStoreProvider;
import io.millrace.offheap.state.ColdStoreSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Cold stores in Chronicle maps. Needs the flags of {@link ChronicleAccess}, or our agent. */
public final class ChronicleColdStoreProvider implements ColdStoreProvider {
    private static final long WARM_UP_BYTES = 16L << 20;

    private static boolean isWarm;

    /** For {@link java.util.ServiceLoader}; does nothing. */
    public ChronicleColdStoreProvider() {}

    @Override
    public List<String> missingFlags() {
        return ChronicleAccess.missingFlags();
    }

    /** Uses the temporary directory of the JVM, for as long as it takes. A second caller waits for the first. */
    @Override
    public void warmUp() {
        warmUpOnce();
    }

    @Override
    public ColdStore open(ColdStoreSpec spec) {
        return new ChronicleColdStore(spec);
    }

    private static synchronized void warmUpOnce() {
        if (isWarm) {
            return;
        }
        try {
            Path directory = Files.createTempDirectory("millrace-state-");
            try {
                warmUp(new ColdStoreSpec(directory, "fixed", Long.BYTES, WARM_UP_BYTES));
                warmUp(new ColdStoreSpec(directory, "varied", 0, WARM_UP_BYTES));
            } finally {
                Files.delete(directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("could not warm up Chronicle Map in the temporary directory", e);
        }
        isWarm = true;
    }

    /** As much as grows a tiny store and moves its entries. */
    private static void warmUp(ColdStoreSpec spec) {
        try (ChronicleColdStore store = new ChronicleColdStore(spec, 16)) {
            byte[] key = new byte[Long.BYTES];
            for (byte i = 0; i < 100; i++) {
                key[0] = i;
                store.put(key, new byte[i]);
                store.get(key);
                store.migrate(2);
            }
            store.scan(0, (visited, value) -> {});
            store.remove(key);
        }
    }
}
