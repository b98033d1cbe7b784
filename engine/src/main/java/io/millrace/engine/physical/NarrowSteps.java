package io.millrace.engine.physical;

import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Maps, filters and flat maps that rows pass through one after the other: one loop. Compared by identity, since each has loops
 * of its own in every worker.
 */
public final class NarrowSteps {
    private final List<PlanNode> nodes;

    private NarrowSteps(List<PlanNode> nodes) {
        this.nodes = List.copyOf(nodes);
    }

    /** One step. */
    public static NarrowSteps of(PlanNode node) {
        return new NarrowSteps(List.of(node));
    }

    /** These steps and another one behind them. */
    public NarrowSteps then(PlanNode node) {
        List<PlanNode> longer = new ArrayList<>(nodes);
        longer.add(node);
        return new NarrowSteps(longer);
    }

    /** The operators, in order; at least one. */
    public List<PlanNode> nodes() {
        return nodes;
    }

    /** Whether a row that comes out has the key of the row that it was made of. */
    boolean keepKeys() {
        return nodes.stream().allMatch(NarrowSteps::keepsKey);
    }

    private static boolean keepsKey(PlanNode step) {
        return step instanceof PlanNode.RowFilter
                || step instanceof PlanNode.RowMap map && map.shape() == Shape.VALUE
                || step instanceof PlanNode.RowFlatMap flatMap && flatMap.shape() == Shape.VALUE;
    }

    @Override
    public String toString() {
        return nodes.stream().map(node -> node.id().text()).toList().toString();
    }
}
