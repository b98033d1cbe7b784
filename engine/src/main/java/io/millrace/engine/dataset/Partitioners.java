package io.millrace.engine.dataset;

import io.millrace.api.HashPartitioner;
import io.millrace.api.Partitioner;
import io.millrace.conf.Settings;
import java.util.Objects;
import java.util.stream.Stream;

/** Where the keys of a dataset go: as the program says, or as its inputs have it. */
public final class Partitioners {
    private static final int TOO_FEW = 10; // times fewer partitions than there would be

    private Partitioners() {}

    /**
     * Where the keys of a result go when the program does not say: where they are in the largest input that knows, unless
     * that has too few partitions; else by their hash, into as many partitions as the program has set or the largest input has.
     */
    public static Partitioner defaultFor(DatasetNode... inputs) {
        int wanted = wantedPartitions(inputs);
        Partitioner largest = null;
        for (DatasetNode input : inputs) {
            Partitioner known = input.partitioner();
            if (known != null && (largest == null || known.numPartitions() > largest.numPartitions())) {
                largest = known;
            }
        }
        boolean isEligible = largest != null
                && (largest.numPartitions() >= wanted || (long) largest.numPartitions() * TOO_FEW > wanted);
        return isEligible ? largest : new HashPartitioner(wanted);
    }

    /** By hash, whatever the inputs know of their keys, which are not the result's. */
    public static Partitioner hashFor(DatasetNode... inputs) {
        return new HashPartitioner(wantedPartitions(inputs));
    }

    private static int wantedPartitions(DatasetNode... inputs) {
        int set = inputs[0].scope().shared().parallelism();
        return set > 0
                ? set
                : Stream.of(inputs).mapToInt(DatasetNode::partitionCount).reduce(1, Math::max);
    }

    static int checkCount(String call, int partitions) {
        if (partitions < 1 || partitions > Settings.MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                    call + " into " + partitions + " partitions; give 1 to " + Settings.MAX_PARTITIONS);
        }
        return partitions;
    }

    /** The program's partitioner, once it is found to make a number of partitions that is allowed. */
    public static Partitioner checked(String call, Partitioner partitioner) {
        Objects.requireNonNull(partitioner, () -> call + " by no partitioner; leave it out for the default");
        checkCount(call, partitioner.numPartitions());
        return partitioner;
    }

    /** By hash into so many partitions. */
    public static Partitioner hash(String call, int partitions) {
        return new HashPartitioner(checkCount(call, partitions));
    }
}
