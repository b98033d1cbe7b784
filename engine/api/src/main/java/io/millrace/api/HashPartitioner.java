package io.millrace.api;

/** Spreads keys by {@code hashCode} modulo the number of partitions, exactly as Spark does; null goes to partition 0. */
public final class HashPartitioner extends Partitioner {
    private static final long serialVersionUID = 1L;

    private final int partitions;

    /** @throws IllegalArgumentException if there would be no partition */
    public HashPartitioner(int partitions) {
        if (partitions < 1) {
            throw new IllegalArgumentException("HashPartitioner of " + partitions + " partitions; give 1 or more");
        }
        this.partitions = partitions;
    }

    @Override
    public int numPartitions() {
        return partitions;
    }

    @Override
    public int getPartition(Object key) {
        return key == null ? 0 : Math.floorMod(key.hashCode(), partitions);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HashPartitioner hash && hash.partitions == partitions;
    }

    @Override
    public int hashCode() {
        return partitions;
    }

    @Override
    public String toString() {
        return "HashPartitioner(" + partitions + ")";
    }
}
