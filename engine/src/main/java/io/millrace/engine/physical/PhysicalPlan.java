package io.millrace.engine.physical;

import io.millrace.api.Partitioner;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Shape;
import java.util.List;
import java.util.Map;

/**
 * A plan cut into stages. Data only; an exchange's result, a transform's and a persisted stage's rows are shared by all that
 * read them.
 *
 * @param persistedCount how many stages are kept after their first computation
 * @param stages of all operators that an output reads, and of those between
 */
public record PhysicalPlan(
        List<PlanNode.Source> sources,
        List<ExchangeSpec> exchanges,
        List<TransformSpec> transforms,
        int persistedCount,
        List<OutputStage> outputs,
        Map<OperatorId, Stage> stages) {
    /** Takes copies of the collections. */
    public PhysicalPlan {
        sources = List.copyOf(sources);
        exchanges = List.copyOf(exchanges);
        transforms = List.copyOf(transforms);
        outputs = List.copyOf(outputs);
        stages = Map.copyOf(stages);
    }

    /** The program's partitioner that says where the rows of a stage are; null if none does. */
    public Partitioner partitionerOf(Stage stage) {
        if (stage instanceof Stage.Exchanged from) {
            return partitionerOf(exchanges.get(from.exchange()).how());
        } else if (stage instanceof Stage.Narrow narrow) {
            boolean keysStay = narrow.steps().nodes().stream().allMatch(PhysicalPlan::keepsKey);
            return keysStay ? partitionerOf(narrow.input()) : null;
        } else if (stage instanceof Stage.Grouped grouped) {
            return partitionerOf(grouped.input());
        } else if (stage instanceof Stage.Matched matched) {
            return partitionerOf(matched.left());
        } else if (stage instanceof Stage.Persisted persisted) {
            return partitionerOf(persisted.input());
        }
        return null;
    }

    private static Partitioner partitionerOf(Redistribution how) {
        if (how instanceof Redistribution.FoldByKey fold) {
            return fold.partitioner();
        }
        return how instanceof Redistribution.ShuffleByKey shuffle ? shuffle.partitioner() : null;
    }

    private static boolean keepsKey(PlanNode step) {
        return step instanceof PlanNode.RowFilter
                || step instanceof PlanNode.RowMap map && map.shape() == Shape.VALUE
                || step instanceof PlanNode.RowFlatMap flatMap && flatMap.shape() == Shape.VALUE;
    }
}
