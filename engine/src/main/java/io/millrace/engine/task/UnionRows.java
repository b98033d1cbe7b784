package io.millrace.engine.task;

import java.util.List;

/** Several datasets as one; partitions in the order of the list. */
public final class UnionRows implements Rows {
    private final List<Rows> parts;

    /** A union of at least one dataset. */
    public UnionRows(List<Rows> parts) {
        this.parts = List.copyOf(parts);
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
    public void read(int partition, WorkerScratch scratch, ChunkSink sink) throws Exception {
        int index = partition;
        for (Rows part : parts) {
            if (index < part.partitionCount()) {
                part.read(index, scratch, sink);
                return;
            }
            index -= part.partitionCount();
        }
        throw new IndexOutOfBoundsException("partition " + partition + " of " + partitionCount());
    }
}
