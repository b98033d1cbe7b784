package io.millrace.offheap.state;

import java.util.function.IntFunction;

class ResidentKeyedStoreTest extends KeyedStoreContract {
    @Override
    protected long residentBytes() {
        return 64L << 20;
    }

    @Override
    protected IntFunction<ColdStore> cold() {
        return null;
    }
}
