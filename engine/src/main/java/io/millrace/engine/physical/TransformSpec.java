package io.millrace.engine.physical;

import io.millrace.plan.PlanNode;
import java.util.List;

/**
 * A function of the program over a batch's datasets, called once per batch.
 *
 * @param index its place in the plan
 * @param inputs the stages whose datasets it sees
 */
public record TransformSpec(int index, PlanNode.BatchTransform node, List<Stage> inputs) {
    /** Takes a copy of the list. */
    public TransformSpec {
        inputs = List.copyOf(inputs);
    }
}
