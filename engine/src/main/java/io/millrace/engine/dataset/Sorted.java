package io.millrace.engine.dataset;

import io.millrace.api.Partitioner;
import io.millrace.api.Tuple2;
import io.millrace.engine.order.KeySample;
import io.millrace.engine.order.RangePartitioner;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/** Datasets in the order of their keys. A partition is sorted in memory, as objects. */
public final class Sorted {
    private static final int SAMPLES_PER_PARTITION = 60;
    private static final int MOST_SAMPLES = 1_000_000;

    private Sorted() {}

    /** All rows in the order of keys, over at most so many partitions; a sample is drawn now, if there are several. */
    public static DatasetNode byKey(String call, DatasetNode input, Comparator<Object> order, int partitions) {
        Partitioners.checkCount(call, partitions);
        Object[] bounds = partitions == 1 ? new Object[0] : bounds(call, input, order, partitions);
        return withinPartitions(call, input, new RangePartitioner(bounds, order), order);
    }

    private static Object[] bounds(String call, DatasetNode input, Comparator<Object> order, int partitions) {
        int inputs = Math.max(1, input.partitionCount());
        int limit = Math.min(MOST_SAMPLES, SAMPLES_PER_PARTITION * partitions) / inputs + 1;
        SplittableRandom seeds = new SplittableRandom(input.id());
        List<KeySample> samples =
                new DatasetReader(input).readPartitions(() -> new KeySample(call, limit, seeds.split()));
        return KeySample.bounds(samples, partitions, order);
    }

    /** All rows where the partitioner says, there in the order of keys; rows of one key stay as they were. */
    public static DatasetNode withinPartitions(
            String call, DatasetNode input, Partitioner partitioner, Comparator<Object> order) {
        DatasetNode spread = Exchanged.partitioned(call, input, partitioner);
        return Narrowed.mapPartitions(call, spread, true, (partition, records) -> {
            List<Object> sorted = Narrowed.listOf(records);
            sorted.sort((left, right) -> order.compare(keyOf(left), keyOf(right)));
            return sorted.iterator();
        });
    }

    private static Object keyOf(Object record) {
        return ((Tuple2<?, ?>) record)._1;
    }
}
