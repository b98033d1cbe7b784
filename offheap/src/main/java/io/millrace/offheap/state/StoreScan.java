package io.millrace.offheap.state;

import java.util.function.BiConsumer;

/**
 * Goes through a store as it was when the scan began, in slices between which batches may run. While it is open, nothing
 * moves to or from the cold store but keys that batches ask for, and the values that batches replace are kept on the heap.
 *
 * <p>Thread: any, between batches, one at a time.
 */
public final class StoreScan implements AutoCloseable {
    StoreScan() {}

    /**
     * Go on.
     *
     * @param atMost how many keys to give, about: a section of a cold store is given in several goes but read in one
     * @param each is given key and value
     * @return false when every key has been given
     */
    public boolean next(int atMost, BiConsumer<Object, Object> each) {
        throw new UnsupportedOperationException();
    }

    /** Let the store forget this scan. Later calls do nothing. */
    @Override
    public void close() {}
}
