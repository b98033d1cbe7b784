package io.millrace.engine.task;

import io.millrace.offheap.memory.MemoryLedger;

/**
 * A dataset whose partitions are kept after their first reading, each when it is first read. A reading that fails keeps
 * nothing.
 *
 * <p>Safe from several threads: who comes second to a partition waits for the first.
 */
public final class CachedRows implements Rows {
    private final Rows input;
    private final Kept kept;

    /** @param ledger pays for the bytes of texts */
    public CachedRows(Rows input, MemoryLedger ledger) {
        this.input = input;
        this.kept = new Kept(ledger);
    }

    /**
     * What is kept. Closing it forgets it: it is computed again when it is read again. Nobody may be reading then.
     */
    public AutoCloseable kept() {
        return kept;
    }

    @Override
    public int partitionCount() {
        return input.partitionCount();
    }

    @Override
    public long inputRows() {
        long rows = kept.rows(partitionCount());
        return rows < 0 ? input.inputRows() : rows;
    }

    @Override
    public boolean isKnownEmpty() {
        return input.isKnownEmpty();
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) throws Exception {
        RowStore rows = kept.partition(partition, partitionCount()).filledFrom(input, partition, scratch);
        return rows.open(0, rows.size(), scratch.view());
    }

    /** Does not hold the dataset it was read from. */
    private static final class Kept implements AutoCloseable {
        private final MemoryLedger ledger;
        private Partition[] partitions;

        Kept(MemoryLedger ledger) {
            this.ledger = ledger;
        }

        synchronized Partition partition(int index, int count) {
            if (partitions == null) {
                partitions = new Partition[count];
                for (int i = 0; i < count; i++) {
                    partitions[i] = new Partition(ledger);
                }
            }
            return partitions[index];
        }

        /** How many rows are kept; negative unless all are. */
        long rows(int count) {
            long rows = 0;
            for (int i = 0; i < count; i++) {
                int inPartition = partition(i, count).size();
                if (inPartition < 0) {
                    return -1;
                }
                rows += inPartition;
            }
            return rows;
        }

        @Override
        public synchronized void close() {
            if (partitions != null) {
                for (Partition partition : partitions) {
                    partition.close();
                }
            }
        }
    }

    private static final class Partition {
        private final MemoryLedger ledger;
        private RowStore rows;

        Partition(MemoryLedger ledger) {
            this.ledger = ledger;
        }

        synchronized int size() {
            return rows == null ? -1 : rows.size();
        }

        synchronized RowStore filledFrom(Rows input, int partition, WorkerScratch scratch) throws Exception {
            if (rows == null) {
                rows = read(input, partition, scratch);
            }
            return rows;
        }

        private RowStore read(Rows input, int partition, WorkerScratch scratch) throws Exception {
            RowStore read = new RowStore(ledger);
            try {
                input.read(partition, scratch, read);
                return read;
            } catch (Throwable failed) {
                read.close();
                throw failed;
            }
        }

        synchronized void close() {
            if (rows != null) {
                rows.close();
                rows = null;
            }
        }
    }
}
