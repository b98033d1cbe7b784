package io.millrace.offheap.state;

/** Goes through all keys that have a value. Several may be at it at a time while nobody writes. Thread: one owner. */
public final class StoreReader {
    StoreReader() {}

    /**
     * Show the next keys and their values.
     *
     * @param into is set; valid until the next call, and while nobody writes
     * @return false when nothing is left, and nothing was set
     */
    public boolean next(StoreColumns into) {
        throw new UnsupportedOperationException();
    }
}
