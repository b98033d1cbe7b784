package io.millrace.plan;

import io.millrace.api.PlanException;
import io.millrace.api.StorageLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Collects operators while a program is being defined. Owner: the thread that defines it; not safe for several. */
public final class PlanBuilder {
    private final Map<OperatorId, PlanNode> nodes = new LinkedHashMap<>();
    private final Map<String, Integer> created = new HashMap<>();
    private final Map<OperatorId, OperatorId> renamed = new HashMap<>();
    private final Map<OperatorId, StorageLevel> persisted = new HashMap<>();
    private final Set<OperatorId> named = new HashSet<>();

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
        OperatorId given = new OperatorId(name);
        if (nodes.containsKey(given)) {
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
            PlanNode kept = node.id().equals(old) ? node.withId(given) : node;
            nodes.put(kept.id(), kept);
        }
        StorageLevel level = persisted.remove(old);
        if (level != null) {
            persisted.put(given, level);
        }
        renamed.put(old, given);
        named.remove(old);
        named.add(given);
        return given;
    }

    /** The name of an operator now, whatever name it had when somebody noted it. */
    public OperatorId current(OperatorId noted) {
        OperatorId id = noted;
        while (renamed.containsKey(id)) {
            id = renamed.get(id);
        }
        return id;
    }

    /** Keep an operator's rows after their first computation; the last level said counts. */
    public void persist(OperatorId id, StorageLevel level) {
        persisted.put(id, level);
    }

    /** How often there is a dataset of an operator, milliseconds, if there is a batch every {@code batchMs}. */
    public long slideMs(OperatorId id, long batchMs) {
        return slideMs(nodes::get, id, batchMs);
    }

    static long slideMs(Function<OperatorId, PlanNode> nodes, OperatorId id, long batchMs) {
        PlanNode node = nodes.apply(id);
        return node.inputs().isEmpty()
                ? batchMs
                : node.slideMs(slideMs(nodes, node.inputs().get(0), batchMs));
    }

    /** How many sources there are so far: the stream id of the next one. */
    public int sourceCount() {
        return (int) nodes.values().stream()
                .filter(PlanNode.Source.class::isInstance)
                .count();
    }

    /** The plan so far. Later additions do not show in it. */
    public Plan build() {
        return new Plan(nodes.values(), persisted, named);
    }
}
