package io.millrace.plan;

import io.millrace.api.StorageLevel;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An immutable program: operators in creation order, so each comes after the operators it reads. Safe to share. */
public final class Plan {
    private final Map<OperatorId, PlanNode> nodes;

    private final Map<OperatorId, StorageLevel> persisted;
    private final Set<OperatorId> named;

    Plan(Collection<PlanNode> inCreationOrder, Map<OperatorId, StorageLevel> persisted, Set<OperatorId> named) {
        Map<OperatorId, PlanNode> byId = new LinkedHashMap<>();
        inCreationOrder.forEach(node -> byId.put(node.id(), node));
        this.nodes = Collections.unmodifiableMap(byId);
        this.persisted = Map.copyOf(persisted);
        this.named = Set.copyOf(named);
    }

    /** All operators, each after its inputs. */
    public Collection<PlanNode> nodes() {
        return nodes.values();
    }

    /**
     * The operator of that name.
     *
     * @throws IllegalArgumentException if the plan has none
     */
    public PlanNode node(OperatorId id) {
        PlanNode node = nodes.get(id);
        if (node == null) {
            throw new IllegalArgumentException("the plan has no operator '" + id + "'; it has " + nodes.keySet());
        }
        return node;
    }

    /** How often there is a dataset of an operator, milliseconds, if there is a batch every {@code batchMs}. */
    public long slideMs(OperatorId id, long batchMs) {
        return PlanBuilder.slideMs(this::node, id, batchMs);
    }

    /** The sources, in creation order. */
    public List<PlanNode.Source> sources() {
        return nodesOf(PlanNode.Source.class);
    }

    /** The outputs, in the order in which the program defined them, which is the order in which they run. */
    public List<PlanNode.Output> outputs() {
        return nodesOf(PlanNode.Output.class);
    }

    /** The operators that remember something by key for as long as the run lasts, in creation order. */
    public List<OperatorId> stateful() {
        return nodes.values().stream()
                .filter(node -> node instanceof PlanNode.StateUpdate
                        || node instanceof PlanNode.StateMap
                        || node instanceof PlanNode.WindowAggregate window && window.inverse() != null)
                .map(PlanNode::id)
                .toList();
    }

    /** All operators that remember something from one batch to the next, windows too, in creation order. */
    public List<OperatorId> remembering() {
        return nodes.values().stream()
                .filter(node -> node instanceof PlanNode.StateUpdate
                        || node instanceof PlanNode.StateMap
                        || node instanceof PlanNode.WindowAggregate
                        || node instanceof PlanNode.Window)
                .map(PlanNode::id)
                .toList();
    }

    /** Whether the program gave the operator its id, which else comes from its place. */
    public boolean isNamed(OperatorId id) {
        return named.contains(id);
    }

    /** The operators whose rows the program wants kept after their first computation, and how. */
    public Map<OperatorId, StorageLevel> persisted() {
        return persisted;
    }

    private <N extends PlanNode> List<N> nodesOf(Class<N> kind) {
        return nodes.values().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Override
    public String toString() {
        return PlanPrinter.print(this);
    }
}
