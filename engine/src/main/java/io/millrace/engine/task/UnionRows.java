package io.millrace.engine.task;

import java.util.List;

/** Several datasets as one; partitions in the order of the list. */
public final class UnionRows implements Rows {
    private final List<Rows> parts;

    /** A union of at least one dataset. */
    public UnionRows(List<Rows> parts) {
        this.parts = List.copyOf(parts);
    }

    /** The parts, in order. */
    public List<Rows> parts() {
        return parts;
    }

    @Override
    public int partitionCount() {
        return parts.stream().mapToInt(Rows::partitionCount).sum();
    }

    @Override
    public long inputRows() {
        return parts.stream().mapToLong(Rows::inputRows).sum();
    }

    @Override
    public boolean isKnownEmpty() {
        return parts.stream().allMatch(Rows::isKnownEmpty);
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) throws Exception {
        int index = partition;
        for (Rows part : parts) {
            if (index < part.partitionCount()) {
                return part.open(index, scratch);
            }
            index -= part.partitionCount();
        }
        throw new IndexOutOfBoundsException("partition " + partition + " of " + partitionCount());
    }
}
