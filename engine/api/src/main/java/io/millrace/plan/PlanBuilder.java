package io.millrace.plan;

import io.millrace.api.PlanException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Collects operators while a program is being defined. Owner: the thread that defines it; not safe for several. */
public final class PlanBuilder {
    private final Map<OperatorId, PlanNode> nodes = new LinkedHashMap<>();
    private final Map<String, Integer> created = new HashMap<>();

    /** Add the node that {@code make} builds for a fresh id of this kind, such as {@code map-3}; answer its id. */
    public OperatorId add(String kind, Function<OperatorId, PlanNode> make) {
        OperatorId id;
        do {
            id = new OperatorId(kind + "-" + created.merge(kind, 1, Integer::sum));
        } while (nodes.containsKey(id));
        nodes.put(id, make.apply(id));
        return id;
    }

    /**
     * Give an operator its lasting name. Costs a walk over the plan.
     *
     * @throws PlanException if the name is taken, or another operator already reads this one
     */
    public OperatorId rename(OperatorId old, String name) {
        OperatorId renamed = new OperatorId(name);
        if (nodes.containsKey(renamed)) {
            throw new PlanException("the name '" + name + "' is taken by another operator; names are unique in a plan");
        }
        for (PlanNode node : nodes.values()) {
            if (node.inputs().contains(old)) {
                throw new PlanException("'" + old + "' is already read by '" + node.id() + "'; call named(\"" + name
                        + "\") right after the operator is made");
            }
        }
        List<PlanNode> all = new ArrayList<>(nodes.values());
        nodes.clear();
        for (PlanNode node : all) {
            PlanNode kept = node.id().equals(old) ? node.withId(renamed) : node;
            nodes.put(kept.id(), kept);
        }
        return renamed;
    }

    /** How many sources there are so far: the stream id of the next one. */
    public int sourceCount() {
        return (int) nodes.values().stream()
                .filter(PlanNode.Source.class::isInstance)
                .count();
    }

    /** The plan so far. Later additions do not show in it. */
    public Plan build() {
        return new Plan(nodes.values());
    }
}
