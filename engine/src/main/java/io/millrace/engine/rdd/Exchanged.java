package io.millrace.engine.rdd;

import io.millrace.api.HashPartitioner;
import io.millrace.api.Partitioner;
import io.millrace.api.function.Function2;
import io.millrace.conf.Settings;
import io.millrace.engine.physical.Redistribution;
import io.millrace.engine.task.Rows;
import io.millrace.plan.Aggregator;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode.Match;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;

/** Datasets whose rows change partitions on the way. */
final class Exchanged {
    private static final int TOO_FEW = 10; // times fewer partitions than there would be

    private Exchanged() {}

    /** One row, made of all; none if there is none. */
    static DatasetNode reduced(DatasetNode input, Function2<?, ?, ?> function) {
        return exchanged("reduce", input, null, new Redistribution.FoldAll(new Aggregator.Reduce(function)));
    }

    /** One row per key. */
    static DatasetNode folded(String kind, DatasetNode input, Aggregator by, Partitioner partitioner) {
        return exchanged(
                kind, input, partitioner, new Redistribution.FoldByKey(by, partitioner.numPartitions(), partitioner));
    }

    /** All rows, where the partitioner says; the same dataset if they are there. */
    static DatasetNode partitioned(String kind, DatasetNode input, Partitioner partitioner) {
        return partitioner.equals(input.partitioner())
                ? input
                : exchanged(
                        kind,
                        input,
                        partitioner,
                        new Redistribution.ShuffleByKey(partitioner.numPartitions(), partitioner));
    }

    /** All rows, dealt out in turn. */
    static DatasetNode dealtOut(DatasetNode input, int partitions) {
        return exchanged(
                "repartition", input, null, new Redistribution.DealOut(checkPartitions("repartition", partitions)));
    }

    private static DatasetNode exchanged(String kind, DatasetNode input, Partitioner partitioner, Redistribution how) {
        return DatasetNode.derived(
                kind,
                List.of(input),
                partitioner,
                (scope, operator) -> scope.exchanged(operator, input.deferredRows(), how));
    }

    /** One row per key, with the list of its values. */
    static DatasetNode grouped(String kind, DatasetNode input, Partitioner partitioner) {
        DatasetNode spread = partitioned(kind, input, partitioner);
        return DatasetNode.derived(
                kind,
                List.of(spread),
                partitioner,
                (scope, operator) -> scope.grouped(operator, spread.deferredRows()));
    }

    /** One row per key, with what is made of the lists of its values in each input. */
    static DatasetNode cogrouped(
            String kind, List<DatasetNode> inputs, Partitioner partitioner, Function<List<?>[], Object> row) {
        return together(kind, inputs, partitioner, (scope, operator, rows) -> scope.cogrouped(operator, rows, row));
    }

    /** One row per key, with the list of its values in the left; with none of them if the right has the key. */
    static DatasetNode without(String kind, DatasetNode left, DatasetNode right, Partitioner partitioner) {
        return cogrouped(
                kind, List.of(left, right), partitioner, groups -> groups[1].isEmpty() ? groups[0] : List.of());
    }

    /** Two inputs matched by key. */
    static DatasetNode matched(String kind, DatasetNode left, DatasetNode right, Match match, Partitioner partitioner) {
        return together(
                kind,
                List.of(left, right),
                partitioner,
                (scope, operator, rows) -> scope.matched(operator, rows.get(0), rows.get(1), match));
    }

    private static DatasetNode together(
            String kind, List<DatasetNode> inputs, Partitioner partitioner, TogetherMaker maker) {
        List<DatasetNode> spread = inputs.stream()
                .map(input -> partitioned(kind, input, partitioner))
                .toList();
        return DatasetNode.derived(
                kind,
                spread,
                partitioner,
                (scope, operator) -> maker.make(
                        scope,
                        operator,
                        spread.stream().map(DatasetNode::deferredRows).toList()));
    }

    /** Makes rows of several that are partitioned alike. */
    @FunctionalInterface
    private interface TogetherMaker {
        Rows make(DatasetScope scope, OperatorId operator, List<Rows> rows);
    }

    /**
     * Where the keys of a result go when the program does not say: where they are in the largest input that knows, unless
     * that has too few partitions; else by their hash, into as many partitions as the program has set or the largest input has.
     */
    static Partitioner partitionerFor(DatasetNode... inputs) {
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
    static Partitioner hashFor(DatasetNode... inputs) {
        return new HashPartitioner(wantedPartitions(inputs));
    }

    private static int wantedPartitions(DatasetNode... inputs) {
        int set = inputs[0].scope().shared().parallelism();
        return set > 0
                ? set
                : Stream.of(inputs).mapToInt(DatasetNode::partitionCount).reduce(1, Math::max);
    }

    static int checkPartitions(String call, int partitions) {
        if (partitions < 1 || partitions > Settings.MAX_PARTITIONS) {
            throw new IllegalArgumentException(
                    call + " into " + partitions + " partitions; give 1 to " + Settings.MAX_PARTITIONS);
        }
        return partitions;
    }

    /** The program's partitioner, once it is found to make a number of partitions that is allowed. */
    static Partitioner checked(String call, Partitioner partitioner) {
        Objects.requireNonNull(partitioner, () -> call + " by no partitioner; leave it out for the default");
        checkPartitions(call, partitioner.numPartitions());
        return partitioner;
    }

    /** By hash into so many partitions. */
    static Partitioner hash(String call, int partitions) {
        return new HashPartitioner(checkPartitions(call, partitions));
    }
}
