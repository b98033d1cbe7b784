package io.millrace.api;

import io.millrace.api.function.Function2;
import io.millrace.api.function.VoidFunction;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/**
 * What one can ask of a dataset. Every action computes the partitions it needs, on the core workers where there is more
 * than a little work; order is partition by partition, then order inside the partition.
 *
 * <p>A dataset of a batch lives as long as its batch: actions after the batch's outputs are done throw
 * {@link ReleasedBatchException}. A function that throws ends the action with {@link UserFunctionException}. Functions
 * are called by several core workers at once, each for partitions of its own; the same function object serves all.
 *
 * @param <T> record type
 */
public interface RDDActions<T> {
    /** The context this dataset belongs to. */
    MillraceContext context();

    /** A number that no other dataset of this engine has. */
    int id();

    /** The name given by {@code setName}; null if there is none. */
    String name();

    /** How many partitions it has; 0 is possible. */
    int getNumPartitions();

    /** Its partitions, by index; good for their number. */
    default List<Partition> partitions() {
        return IntStream.range(0, getNumPartitions())
                .<Partition>mapToObj(index -> () -> index)
                .toList();
    }

    /** Where the key of a record says it is to be found; nothing if records are wherever they came. */
    Optional<Partitioner> partitioner();

    /** The level it was told to be kept at; {@link StorageLevel#NONE} if it is computed by every action anew. */
    StorageLevel getStorageLevel();

    /** From what it is computed, a line for each dataset on the way, for people. */
    String toDebugString();

    /** All records. Costs memory for all of them. */
    List<T> collect();

    /**
     * The records of some partitions.
     *
     * @param partitions their indexes, in the order wanted
     * @return a list for each
     * @throws IndexOutOfBoundsException if there is no such partition
     */
    List<T>[] collectPartitions(int[] partitions);

    /**
     * All records, one partition in memory at a time: the next one is computed when the iterator gets there, by the
     * thread that asks.
     */
    Iterator<T> toLocalIterator();

    /**
     * The first {@code count} records, computing no more partitions than needed, or several at a time while they have no
     * record at all; none if {@code count} is 0 or less.
     */
    List<T> take(int count);

    /**
     * Records drawn at random, another sample each time.
     *
     * @param withReplacement whether one record may be drawn several times
     * @param count how many; without replacement at most as many as there are
     * @throws IllegalArgumentException if {@code count} is negative
     */
    List<T> takeSample(boolean withReplacement, int count);

    /** As {@link #takeSample(boolean, int)}; the same seed draws the same records of the same dataset. */
    List<T> takeSample(boolean withReplacement, int count, long seed);

    /**
     * The first record.
     *
     * @throws UnsupportedOperationException if there is none
     */
    T first();

    /** Whether there is no record. Known at once for a batch that received nothing. */
    boolean isEmpty();

    /** The {@code count} greatest records, the greatest first. */
    List<T> top(int count, Comparator<T> order);

    /**
     * The {@code count} greatest records by their natural order, the greatest first.
     *
     * @throws ClassCastException if records have none
     */
    List<T> top(int count);

    /** The {@code count} least records, the least first. */
    List<T> takeOrdered(int count, Comparator<T> order);

    /**
     * The {@code count} least records by their natural order, the least first.
     *
     * @throws ClassCastException if records have none
     */
    List<T> takeOrdered(int count);

    /**
     * The greatest record.
     *
     * @throws UnsupportedOperationException if there is none
     */
    T max(Comparator<T> order);

    /**
     * The least record.
     *
     * @throws UnsupportedOperationException if there is none
     */
    T min(Comparator<T> order);

    /** How many records there are; makes no objects of them. */
    long count();

    /** How often each distinct record occurs. Costs memory for each distinct record. */
    Map<T, Long> countByValue();

    /**
     * How many distinct records there are. The answer is exact, whatever error would be allowed.
     *
     * @param relativeSD the error a program for Spark allows, above 0.000017
     * @throws IllegalArgumentException if it is less
     */
    long countApproxDistinct(double relativeSD);

    /**
     * All records made one by an associative and commutative function.
     *
     * @throws UnsupportedOperationException if there is none
     */
    T reduce(Function2<T, T, T> function);

    /** The same as {@link #reduce}: one machine has no tree of machines to go through. */
    default T treeReduce(Function2<T, T, T> function) {
        return reduce(function);
    }

    /** The same as {@link #reduce}; the depth changes nothing. */
    default T treeReduce(Function2<T, T, T> function, int depth) {
        checkDepth("treeReduce", depth);
        return reduce(function);
    }

    /**
     * All records made one, beginning with {@code zero}: it enters once in each partition and once where their results
     * meet. Each time it is a copy, so the function may change its first argument in place and return it.
     *
     * @param zero a constant, or {@link java.io.Serializable}
     * @throws IllegalArgumentException if it is neither, and so cannot be copied
     */
    T fold(T zero, Function2<T, T, T> function);

    /**
     * A result of another type: {@code add} takes records into it, {@code merge} makes two one. {@code zero} enters as
     * in {@link #fold}, and is copied as there.
     */
    <U> U aggregate(U zero, Function2<U, T, U> add, Function2<U, U, U> merge);

    /** The same as {@link #aggregate}. */
    default <U> U treeAggregate(U zero, Function2<U, T, U> add, Function2<U, U, U> merge) {
        return aggregate(zero, add, merge);
    }

    /** The same as {@link #aggregate}; the depth changes nothing. */
    default <U> U treeAggregate(U zero, Function2<U, T, U> add, Function2<U, U, U> merge, int depth) {
        checkDepth("treeAggregate", depth);
        return aggregate(zero, add, merge);
    }

    private static void checkDepth(String action, int depth) {
        if (depth < 1) {
            throw new IllegalArgumentException(action + " with depth " + depth + "; give 1 or more");
        }
    }

    /** Call the body for each record, on the thread that computes its partition. */
    void foreach(VoidFunction<T> body);

    /** Call the body once per partition, empty ones included, on the thread that computes it. */
    void foreachPartition(VoidFunction<Iterator<T>> body);

    /**
     * Write a directory of text files, one for each partition ({@code part-00000} …), a line for each record; an empty
     * file {@code _SUCCESS} is written last. The directory is written under a hidden name first, so nobody reads half of it.
     *
     * @throws MillraceException if the directory exists, unless this is called inside an output of a stream, where a
     *     batch that runs again replaces it; or if a file cannot be written: then nothing is left of it
     * @throws IllegalArgumentException if a record is null
     */
    void saveAsTextFile(String path);

    /**
     * Write a directory of files as {@link #saveAsTextFile} does, in the object format that
     * {@link MillraceContext#objectFile} reads. A class of the program's own has to be registered by
     * {@link MillraceConf#registerKryoClasses}.
     *
     * @throws MillraceException if the directory exists, unless this is called inside an output of a stream; if a file
     *     cannot be written; or if a record's class is not registered: names it
     */
    void saveAsObjectFile(String path);

    /** {@link #count} on a thread of its own; with master {@code local[0]} on the calling one, before this returns. */
    Future<Long> countAsync();

    /** {@link #collect} as {@link #countAsync}. */
    Future<List<T>> collectAsync();

    /** {@link #take} as {@link #countAsync}. */
    Future<List<T>> takeAsync(int count);

    /** {@link #foreach} as {@link #countAsync}. */
    Future<Void> foreachAsync(VoidFunction<T> body);

    /** {@link #foreachPartition} as {@link #countAsync}. */
    Future<Void> foreachPartitionAsync(VoidFunction<Iterator<T>> body);
}
