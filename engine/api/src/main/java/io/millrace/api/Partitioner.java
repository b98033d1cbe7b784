package io.millrace.api;

import java.io.Serializable;

/**
 * Says which partition of a keyed result a key belongs to. Equal partitioners must spread keys alike: where two datasets
 * have equal ones, a join moves no row. Called by several workers at once.
 */
public abstract class Partitioner implements Serializable {
    private static final long serialVersionUID = 1L;

    /** For subclasses. */
    protected Partitioner() {}

    /** How many partitions there are, 1 or more. */
    public abstract int numPartitions();

    /**
     * The partition of a key, the same for equal keys.
     *
     * @param key may be null
     * @return 0 to {@code numPartitions() - 1}; anything else ends the batch with an error that names the key
     */
    public abstract int getPartition(Object key);
}
