package io.millrace.spi;

import io.millrace.api.Broadcast;
import io.millrace.api.DoubleRDD;
import io.millrace.api.PairRDD;
import io.millrace.api.PortableDataStream;
import io.millrace.api.RDD;
import io.millrace.api.Tuple2;
import java.util.List;
import java.util.Map;

/**
 * What makes datasets of one context. Arguments were checked before: lists and paths are there, numbers are 1 or more.
 * Nothing is read before an action asks; a path that leads nowhere is told then. Safe from several threads.
 */
public interface Datasets {
    /** A dataset over a list, in slices of about equal length. */
    <T> RDD<T> parallelize(List<T> records, int slices);

    /** A keyed dataset over a list, in slices of about equal length. */
    <K, V> PairRDD<K, V> parallelizePairs(List<Tuple2<K, V>> records, int slices);

    /** A dataset of numbers over a list, in slices of about equal length. */
    DoubleRDD parallelizeDoubles(List<Double> records, int slices);

    /** A dataset without partitions. */
    <T> RDD<T> empty();

    /** The lines of text files: a file, those of a directory, or those a glob matches. */
    RDD<String> textFile(String path, int minPartitions);

    /** Text files as records: path and text. */
    PairRDD<String, String> wholeTextFiles(String path, int minPartitions);

    /** Files as records: path, and what reads it. */
    PairRDD<String, PortableDataStream> binaryFiles(String path, int minPartitions);

    /** The records of binary files, {@code recordLength} bytes each. */
    RDD<byte[]> binaryRecords(String path, int recordLength);

    /** What {@code saveAsObjectFile} wrote. */
    <T> RDD<T> objectFile(String path, int minPartitions);

    /** Several datasets as one; there is one at least. */
    <T> RDD<T> union(List<RDD<T>> parts);

    /** Several keyed datasets as one; there is one at least. */
    <K, V> PairRDD<K, V> unionPairs(List<PairRDD<K, V>> parts);

    /** Several datasets of numbers as one; there is one at least. */
    DoubleRDD unionDoubles(List<DoubleRDD> parts);

    /** A value for functions to read. */
    <T> Broadcast<T> broadcast(T value);

    /** The datasets that are told to be kept, by id; keyed ones and numbers as plain ones. */
    Map<Integer, RDD<?>> persistent();

    /** The texts that the threads of this backend's users carry. */
    LocalProperties localProperties();
}
