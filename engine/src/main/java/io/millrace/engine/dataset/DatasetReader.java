package io.millrace.engine.dataset;

import io.millrace.engine.action.RecordList;
import io.millrace.engine.lease.Lease;
import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.PartitionTask;
import io.millrace.engine.task.Rows;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Reads a dataset while its lease lasts, on the workers if there is enough to do. Safe from several threads. */
public final class DatasetReader {
    private static final String WHAT = "an RDD";
    private static final int MORE_PARTITIONS = 4; // how many times as many are read next, while nothing was found

    private final DatasetNode node;

    /** Reads that dataset. */
    public DatasetReader(DatasetNode node) {
        this.node = node;
    }

    private Lease lease() {
        return node.scope().lease();
    }

    private DatasetRunner runner() {
        return node.scope().runner();
    }

    /** Throws if the time of the dataset is over. */
    public void check() {
        lease().check(WHAT);
    }

    /** Begin to read: the time of the dataset is not over before {@link #exit}. */
    public void enter() {
        lease().enter(WHAT);
    }

    /** End a reading that {@link #enter} began. */
    public void exit() {
        lease().exit();
    }

    /** Work on its rows; its batch does not end before that. */
    public <R> R read(Function<Rows, R> action) {
        enter();
        Rows rows = null;
        try {
            rows = node.rows();
            return action.apply(rows);
        } finally {
            exit();
            Reference.reachabilityFence(rows); // its memory goes with it
        }
    }

    /** Run a task for each partition of its rows, inside {@link #read}. */
    public void forEachPartition(Rows rows, PartitionTask task) {
        runner().forEachPartition(rows, lease().batchTimeMs(), task);
    }

    /**
     * Read each partition into a sink of its own.
     *
     * @return the sinks, in order
     */
    public <S extends ChunkSink> List<S> readPartitions(Supplier<S> sinks) {
        return read(rows -> {
            List<S> made = new ArrayList<>();
            for (int partition = 0; partition < rows.partitionCount(); partition++) {
                made.add(sinks.get());
            }
            forEachPartition(rows, (partition, scratch) -> rows.read(partition, scratch, made.get(partition)));
            return made;
        });
    }

    /**
     * Read all partitions into one sink, in order, on the calling thread.
     *
     * @param wantsMore asked before each partition
     */
    public void readInOrder(BooleanSupplier wantsMore, ChunkSink sink) {
        read(rows -> {
            readInOrder(rows, wantsMore, sink);
            return null;
        });
    }

    private void readInOrder(Rows rows, BooleanSupplier wantsMore, ChunkSink sink) {
        runner().forEachPartitionInline(rows, lease().batchTimeMs(), (partition, scratch) -> {
            if (wantsMore.getAsBoolean()) {
                rows.read(partition, scratch, sink);
            }
        });
    }

    /** All records. */
    public <T> List<T> records() {
        return read(rows -> joined(listsOf(rows, range(0, rows.partitionCount()), Integer.MAX_VALUE)));
    }

    /**
     * The records of some partitions, a list for each.
     *
     * @throws IndexOutOfBoundsException if there is no such partition
     */
    public <T> List<List<T>> recordsOf(int[] partitions) {
        return read(rows -> listsOf(rows, partitions, Integer.MAX_VALUE));
    }

    private <T> List<List<T>> listsOf(Rows rows, int[] partitions, int limit) {
        List<List<T>> lists = new ArrayList<>(partitions.length);
        for (int partition : partitions) {
            checkPartition(partition, rows.partitionCount());
            lists.add(new ArrayList<>());
        }
        runner().forEachOf(
                        rows,
                        partitions,
                        lease().batchTimeMs(),
                        (index, scratch) ->
                                rows.read(partitions[index], scratch, new RecordList<>(lists.get(index), limit)));
        return lists;
    }

    private static void checkPartition(int partition, int count) {
        if (partition < 0 || partition >= count) {
            throw new IndexOutOfBoundsException("collectPartitions: there is no partition " + partition
                    + "; the dataset has " + count + ", give numbers from 0 to below that");
        }
    }

    private static <T> List<T> joined(List<List<T>> parts) {
        List<T> all = new ArrayList<>(parts.stream().mapToInt(List::size).sum());
        parts.forEach(all::addAll);
        return all;
    }

    private static int[] range(int from, int to) {
        return IntStream.range(from, to).toArray();
    }

    /** The first records, at most so many; reads no more partitions than it takes, or a few. */
    public <T> List<T> take(int count) {
        return read(rows -> taken(rows, count));
    }

    private <T> List<T> taken(Rows rows, int count) {
        List<T> taken = new ArrayList<>();
        if (rows.isKnownEmpty()) {
            return taken;
        }
        if (runner().isSmall(rows.inputRows())) {
            readInOrder(rows, () -> taken.size() < count, new RecordList<>(taken, count));
            return taken;
        }
        int partitions = rows.partitionCount();
        for (int from = 0, to = 1; taken.size() < count && from < partitions; ) {
            int left = count - taken.size();
            List<List<T>> found = listsOf(rows, range(from, to), left);
            joined(found).stream().limit(left).forEach(taken::add);
            int more = taken.isEmpty() ? to * MORE_PARTITIONS : 1;
            from = to;
            to = Math.min(to + more, partitions);
        }
        return taken;
    }
}
