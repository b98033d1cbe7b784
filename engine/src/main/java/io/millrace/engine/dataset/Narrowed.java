package io.millrace.engine.dataset;

import io.millrace.api.Partitioner;
import io.millrace.engine.physical.PartitionStep;
import io.millrace.engine.physical.PartitionStep.PartitionFunction;
import io.millrace.engine.sample.Samples;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.UnionRows;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Shape;
import io.millrace.type.RecordType;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Datasets each of whose partitions is made of partitions of others, where they are. */
public final class Narrowed {
    private static final OperatorId INPUT = new OperatorId("its input"); // datasets hold their inputs themselves

    private Narrowed() {}

    /** One row out for each row in. */
    public static DatasetNode map(String kind, DatasetNode input, Shape shape, Serializable function) {
        Partitioner kept = shape == Shape.VALUE ? input.partitioner() : null;
        return DatasetNode.narrow(kind, input, kept, id -> new PlanNode.RowMap(id, INPUT, shape, function));
    }

    /** Any number of rows out for each row in. */
    public static DatasetNode flatMap(String kind, DatasetNode input, Shape shape, Serializable function) {
        Partitioner kept = shape == Shape.VALUE ? input.partitioner() : null;
        return DatasetNode.narrow(kind, input, kept, id -> new PlanNode.RowFlatMap(id, INPUT, shape, function));
    }

    /** Some of the rows. */
    public static DatasetNode filter(DatasetNode input, Serializable function) {
        return DatasetNode.narrow(
                "filter", input, input.partitioner(), id -> new PlanNode.RowFilter(id, INPUT, function));
    }

    /** Each partition through a function over its iterator. */
    public static DatasetNode mapPartitions(
            String kind, DatasetNode input, boolean keepsPartitioner, PartitionFunction function) {
        return DatasetNode.derived(
                kind,
                List.of(input),
                keepsPartitioner ? input.partitioner() : null,
                (scope, operator) -> scope.byPartition(
                        input.deferredRows(), new PartitionStep(operator, RecordType.UNKNOWN, function)));
    }

    /** Partitions of both, pair by pair, through a function over their iterators. */
    public static DatasetNode zipPartitions(String kind, DatasetNode left, DatasetNode right, SidesFunction function) {
        int lefts = left.partitionCount();
        int rights = right.partitionCount();
        if (lefts != rights) {
            throw new IllegalArgumentException(kind + " of datasets with " + lefts + " and " + rights
                    + " partitions; they need the same number: repartition one of them");
        }
        return sides(kind, left, right, lefts, partition -> partition, partition -> partition, function);
    }

    /** Every partition of one with every partition of the other. */
    public static DatasetNode cartesian(DatasetNode left, DatasetNode right) {
        int rights = right.partitionCount();
        return sides(
                "cartesian",
                left,
                right,
                Math.multiplyExact(left.partitionCount(), rights),
                partition -> partition / rights,
                partition -> partition % rights,
                CartesianIterator::new);
    }

    private static DatasetNode sides(
            String kind,
            DatasetNode left,
            DatasetNode right,
            int partitions,
            IntUnaryOperator leftOf,
            IntUnaryOperator rightOf,
            SidesFunction function) {
        return DatasetNode.derived(kind, List.of(left, right), null, (scope, operator) -> {
            Rows both = new SidesRows(
                    operator,
                    scope.lease().batchTimeMs(),
                    new PickedRows(left.deferredRows(), partitions, leftOf),
                    new PickedRows(right.deferredRows(), partitions, rightOf));
            return scope.byPartition(both, new PartitionStep(operator, RecordType.UNKNOWN, (partition, one) -> {
                SidesRows.Sides sides = (SidesRows.Sides) one.next();
                return function.call(sides.left(), sides.right());
            }));
        });
    }

    /** What is made of two iterators. */
    @FunctionalInterface
    public interface SidesFunction {
        /** Called once per partition. */
        Iterator<?> call(Iterator<Object> left, Iterator<Object> right) throws Exception;
    }

    /** All rows of several, partition after partition. */
    public static DatasetNode union(List<DatasetNode> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return DatasetNode.derived(
                "union",
                parts,
                null,
                (scope, operator) -> new UnionRows(
                        parts.stream().map(DatasetNode::deferredRows).toList()));
    }

    /** Each record in one of several datasets. */
    public static List<DatasetNode> split(DatasetNode input, double[] weights, long seed) {
        double total = 0;
        for (double weight : weights) {
            if (!(weight >= 0) || weight == Double.POSITIVE_INFINITY) {
                throw new IllegalArgumentException("randomSplit with the weight " + weight + "; give 0 or more");
            }
            total += weight;
        }
        if (!(total > 0)) {
            throw new IllegalArgumentException("randomSplit with weights of which none is above 0; give one at least");
        }
        List<DatasetNode> parts = new ArrayList<>();
        double from = 0;
        double passed = 0;
        for (int i = 0; i < weights.length; i++) {
            passed += weights[i];
            double to = i == weights.length - 1 ? 1 : passed / total;
            parts.add(mapPartitions("randomSplit", input, true, Samples.between(from, to, seed)));
            from = to;
        }
        return parts;
    }

    /** Fewer partitions, of neighbours. */
    public static DatasetNode coalesced(DatasetNode input, int partitions) {
        Partitioners.checkCount("coalesce", partitions);
        return DatasetNode.derived(
                "coalesce",
                List.of(input),
                null,
                (scope, operator) -> new CoalescedRows(input.deferredRows(), partitions));
    }

    /** Some of the partitions. */
    static DatasetNode picked(String kind, DatasetNode input, int from, int to) {
        return DatasetNode.derived(
                kind,
                List.of(input),
                null,
                (scope, operator) -> new PickedRows(input.deferredRows(), to - from, partition -> from + partition));
    }

    /** An iterator's records, in a list. */
    public static <T> List<T> listOf(Iterator<? extends T> records) {
        List<T> list = new ArrayList<>();
        records.forEachRemaining(list::add);
        return list;
    }
}
