package io.millrace.scenario;

import io.millrace.api.HashPartitioner;
import io.millrace.api.Partitioner;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Into which partitions a keyed operator is told to go, in one of the ways there are. The records may not depend on it. */
record Into(Way way, int partitions) {
    enum Way {
        DEFAULT,
        NUMBER,
        HASH,
        OWN
    }

    static Into random(RandomGenerator random) {
        return new Into(Way.values()[random.nextInt(Way.values().length)], 1 + random.nextInt(5));
    }

    /** Call the form of the operator that takes it. */
    <R> R call(Supplier<R> byDefault, IntFunction<R> byNumber, Function<Partitioner, R> byPartitioner) {
        return switch (way) {
            case DEFAULT -> byDefault.get();
            case NUMBER -> byNumber.apply(partitions);
            case HASH, OWN -> byPartitioner.apply(partitioner());
        };
    }

    /** As a partitioner, whatever the way. */
    Partitioner partitioner() {
        return way == Way.OWN ? new ByText(partitions) : new HashPartitioner(partitions);
    }

    /** The text for the end of an operator's arguments. */
    @Override
    public String toString() {
        return switch (way) {
            case DEFAULT -> "";
            case NUMBER -> ", " + partitions;
            case HASH -> ", hash(" + partitions + ")";
            case OWN -> ", own(" + partitions + ")";
        };
    }

    /** A program's own partitioner. */
    private static final class ByText extends Partitioner {
        private static final long serialVersionUID = 1;

        private final int partitions;

        ByText(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object key) {
            return Math.floorMod(Objects.toString(key).length(), partitions);
        }
    }
}
