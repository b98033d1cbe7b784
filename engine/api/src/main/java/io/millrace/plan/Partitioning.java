package io.millrace.plan;

import io.millrace.api.Partitioner;
import io.millrace.conf.Settings;

/**
 * How the rows of a keyed result are spread over partitions.
 *
 * @param partitions how many; 0 for the backend's default parallelism
 * @param partitioner the program's; null leaves it to the backend's own hash
 */
public record Partitioning(int partitions, Partitioner partitioner) {
    /** The backend's own hash and number of partitions. */
    public static final Partitioning DEFAULT = new Partitioning(0, null);

    /** @throws IllegalArgumentException if the number is negative, or not the partitioner's */
    public Partitioning {
        if (partitions < 0 || partitions > Settings.MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                    partitions + " partitions; give 1 to " + Settings.MAX_PARTITIONS + ", or 0 for the default");
        }
        if (partitioner != null && partitioner.numPartitions() != partitions) {
            throw new IllegalArgumentException(partitions + " partitions by " + partitioner + ", which makes "
                    + partitioner.numPartitions() + "; give its own number");
        }
    }

    /** The backend's own hash into so many partitions; 0 for the default. */
    public static Partitioning into(int partitions) {
        return new Partitioning(partitions, null);
    }

    /**
     * By a partitioner of the program's.
     *
     * @throws IllegalArgumentException if it makes no partition, or more than {@link Settings#MAX_PARTITIONS}
     */
    public static Partitioning by(Partitioner partitioner) {
        if (partitioner.numPartitions() < 1) {
            throw new IllegalArgumentException("the partitioner " + partitioner + " makes "
                    + partitioner.numPartitions() + " partitions; 1 or" + " more are needed");
        }
        return new Partitioning(partitioner.numPartitions(), partitioner);
    }

    @Override
    public String toString() {
        if (partitioner != null) {
            return "by " + partitioner;
        }
        return partitions == 0 ? "" : "into " + partitions + " partitions";
    }
}
