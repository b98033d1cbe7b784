package io.millrace.offheap.chronicle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.millrace.offheap.state.ColdStore;
import io.millrace.offheap.state.ColdStoreProvider;
import io.millrace.offheap.state.ColdStoreSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleColdStoreProviderTest {
    private final ColdStoreProvider provider =
            ServiceLoader.load(ColdStoreProvider.class).findFirst().orElseThrow();

    @Test
    void itIsFoundByTheServiceLoader() {
        assertInstanceOf(ChronicleColdStoreProvider.class, provider);
    }

    @Test
    void underTheAgentNoFlagIsMissing() {
        assertEquals(List.of(), provider.missingFlags());
    }

    @Test
    void aStoreWorksAfterAWarmUpThatIsAskedForTwice(@TempDir Path folder) {
        provider.warmUp();
        provider.warmUp();
        try (ColdStore store = provider.open(new ColdStoreSpec(folder, "counts", 1, 1 << 30))) {
            store.put(new byte[] {1}, new byte[] {2});
            assertArrayEquals(new byte[] {2}, store.get(new byte[] {1}));
        }
    }
}
