package io.millrace.engine.dataset;

import io.millrace.api.Partitioner;
import io.millrace.api.function.Function2;
import io.millrace.engine.physical.Redistribution;
import io.millrace.engine.task.Rows;
import io.millrace.plan.Aggregator;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode.Match;
import java.util.List;
import java.util.function.Function;

/** Datasets whose rows change partitions on the way. */
public final class Exchanged {
    private Exchanged() {}

    /** One row, made of all; none if there is none. */
    public static DatasetNode reduced(DatasetNode input, Function2<?, ?, ?> function) {
        return exchanged("reduce", input, null, new Redistribution.FoldAll(new Aggregator.Reduce(function)));
    }

    /** One row per key. */
    public static DatasetNode folded(String kind, DatasetNode input, Aggregator by, Partitioner partitioner) {
        return exchanged(
                kind, input, partitioner, new Redistribution.FoldByKey(by, partitioner.numPartitions(), partitioner));
    }

    /** All rows, where the partitioner says; the same dataset if they are there. */
    public static DatasetNode partitioned(String kind, DatasetNode input, Partitioner partitioner) {
        return partitioner.equals(input.partitioner())
                ? input
                : exchanged(
                        kind,
                        input,
                        partitioner,
                        new Redistribution.ShuffleByKey(partitioner.numPartitions(), partitioner));
    }

    /** All rows, dealt out in turn. */
    public static DatasetNode dealtOut(DatasetNode input, int partitions) {
        return exchanged(
                "repartition",
                input,
                null,
                new Redistribution.DealOut(Partitioners.checkCount("repartition", partitions)));
    }

    private static DatasetNode exchanged(String kind, DatasetNode input, Partitioner partitioner, Redistribution how) {
        return DatasetNode.derived(
                kind,
                List.of(input),
                partitioner,
                (scope, operator) -> scope.exchanged(operator, input.deferredRows(), how));
    }

    /** One row per key, with the list of its values. */
    public static DatasetNode grouped(String kind, DatasetNode input, Partitioner partitioner) {
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
    public static DatasetNode matched(
            String kind, DatasetNode left, DatasetNode right, Match match, Partitioner partitioner) {
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
}
