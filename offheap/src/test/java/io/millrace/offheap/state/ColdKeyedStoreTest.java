package io.millrace.offheap.state;

import java.util.function.IntFunction;

class ColdKeyedStoreTest extends KeyedStoreContract {
    @Override
    protected long residentBytes() {
        return 100;
    }

    @Override
    protected IntFunction<ColdStore> cold() {
        return keyBytes -> new MemoryColdStore(keyBytes, Long.MAX_VALUE);
    }
}
