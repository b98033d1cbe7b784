package io.millrace.offheap.state;

/**
 * Keyed bytes outside of the resident table: where keys go that have not been asked for lately. Files of it are scratch: they
 * are gone after {@link #close}, and nothing is read from an earlier run.
 *
 * <p>Thread: one writer; readers may look on from other threads while nobody writes. Arrays that are given are not kept.
 */
public interface ColdStore extends AutoCloseable {
    /**
     * The value of a key.
     *
     * @param key all of the array
     * @return a new array, or one that the next call of the same thread fills again; null if there is none
     */
    byte[] get(byte[] key);

    /**
     * Set the value of a key.
     *
     * @throws StoreFullException if the store's cap, or the disk, has no room; the store is as before
     */
    void put(byte[] key, byte[] value);

    /** Take a key out; whether it was there. */
    boolean remove(byte[] key);

    /** How many keys there are. */
    long size();

    /** How much disk it takes. Bytes. */
    long bytes();

    /**
     * Go on with a growth that is under way.
     *
     * @param entries how many to move at most
     * @return how many were moved; 0 when nothing is left to move
     */
    int migrate(int entries);

    /** In how many pieces the store can be gone through; stays the same until something is put or moved. */
    int sections();

    /**
     * Go through one piece, in any order.
     *
     * @param section from 0, below {@link #sections}
     * @param visitor may not call this store
     */
    void scan(int section, Visitor visitor);

    /** Free the memory and delete the files. */
    @Override
    void close();

    /** Told each entry of a section. */
    @FunctionalInterface
    interface Visitor {
        /** One entry; the arrays are the visitor's. */
        void entry(byte[] key, byte[] value);
    }
}
