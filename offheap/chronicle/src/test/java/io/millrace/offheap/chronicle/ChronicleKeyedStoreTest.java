package io.millrace.offheap.chronicle;

import io.millrace.offheap.state.ColdStore;
import io.millrace.offheap.state.ColdStoreSpec;
import io.millrace.offheap.state.KeyedStoreContract;
import java.nio.file.Path;
import java.util.function.IntFunction;
import org.junit.jupiter.api.io.TempDir;

/** A keyed store of which nearly every key lives in Chronicle Map. */
class ChronicleKeyedStoreTest extends KeyedStoreContract {
    @TempDir
    private Path directory;

    private int opened;

    @Override
    protected long residentBytes() {
        return 100;
    }

    @Override
    protected IntFunction<ColdStore> cold() {
        return keyBytes ->
                new ChronicleColdStore(new ColdStoreSpec(directory, "state-" + opened++, keyBytes, Long.MAX_VALUE), 16);
    }
}
