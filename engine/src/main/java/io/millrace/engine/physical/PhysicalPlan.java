package io.millrace.engine.physical;

import io.millrace.api.Partitioner;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import java.util.List;
import java.util.Map;

/**
 * A plan cut into stages. Data only; an exchange's result, a transform's and a persisted stage's rows are shared by all that
 * read them.
 *
 * @param persistedCount how many stages are kept after their first computation
 * @param stateful operators that remember something, each after those that it reads
 * @param slides how often each of these operators has a dataset, milliseconds
 * @param stages of all operators that an output reads, and of those between
 */
public record PhysicalPlan(
        List<PlanNode.Source> sources,
        List<ExchangeSpec> exchanges,
        List<TransformSpec> transforms,
        List<StatefulSpec> stateful,
        int persistedCount,
        List<OutputStage> outputs,
        Map<OperatorId, Stage> stages,
        Map<OperatorId, Long> slides) {
    /** Takes copies of the collections. */
    public PhysicalPlan {
        sources = List.copyOf(sources);
        exchanges = List.copyOf(exchanges);
        transforms = List.copyOf(transforms);
        stateful = List.copyOf(stateful);
        slides = Map.copyOf(slides);
        outputs = List.copyOf(outputs);
        stages = Map.copyOf(stages);
    }

    /** How often an operator has a dataset, milliseconds. */
    public long slideMs(OperatorId operator) {
        return slides.get(operator);
    }

    /** The program's partitioner that says where the rows of a stage are; null if none does. */
    public Partitioner partitionerOf(Stage stage) {
        return stage.partitioner(exchanges);
    }
}
