package io.millrace.engine.physical;

import io.millrace.api.Partitioner;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Match;
import java.util.List;

/** How the rows of an operator come about within a batch: what is read, and what it is read through. */
public sealed interface Stage {
    /** The batch's share of a source. */
    record Source(int streamId) implements Stage {}

    /** Rows of another stage, each through narrow steps. */
    record Narrow(Stage input, NarrowSteps steps) implements Stage {}

    /** Partitions of another stage, each through a function over its iterator. */
    record ByPartition(Stage input, PartitionStep step) implements Stage {}

    /** Several stages, whose partitions follow one another. */
    record Union(List<Stage> parts) implements Stage {
        /** Takes a copy of the list. */
        public Union {
            parts = List.copyOf(parts);
        }
    }

    /** The result of an exchange, by its place in the plan. */
    record Exchanged(int exchange) implements Stage {}

    /** All values of each key; the input is partitioned by key. */
    record Grouped(OperatorId id, Stage input) implements Stage {}

    /** Two inputs that are partitioned alike, matched by key. */
    record Matched(OperatorId id, Stage left, Stage right, Match match) implements Stage {}

    /** What a function over the batch's datasets gave, by its place in the plan. */
    record Transformed(int transform) implements Stage {}

    /**
     * What an operator that remembers something gives, by its place in the plan.
     *
     * @param states whether it is all that is remembered, instead of what comes out
     * @param partitioner where the rows are; null if a row's key does not say
     */
    record Stateful(int operator, boolean states, Partitioner partitioner) implements Stage {}

    /**
     * Another stage's rows, kept after they were first computed.
     *
     * @param index its place among those that are kept
     */
    record Persisted(int index, Stage input) implements Stage {}

    /** This stage and a narrow step behind it; of a union, behind each of its parts. */
    default Stage then(PlanNode step) {
        if (this instanceof Union union) {
            return new Union(union.parts().stream().map(part -> part.then(step)).toList());
        } else if (this instanceof Narrow narrow) {
            return new Narrow(narrow.input(), narrow.steps().then(step));
        }
        return new Narrow(this, NarrowSteps.of(step));
    }

    /**
     * The program's partitioner that says where the rows are; null if none does.
     *
     * @param exchanges of the plan, as far as this stage reads them
     */
    default Partitioner partitioner(List<ExchangeSpec> exchanges) {
        if (this instanceof Exchanged from) {
            return exchanges.get(from.exchange()).how().partitioner();
        } else if (this instanceof Narrow narrow) {
            return narrow.steps().keepKeys() ? narrow.input().partitioner(exchanges) : null;
        } else if (this instanceof Grouped grouped) {
            return grouped.input().partitioner(exchanges);
        } else if (this instanceof Matched matched) {
            return matched.left().partitioner(exchanges);
        } else if (this instanceof Stateful stateful) {
            return stateful.partitioner();
        } else if (this instanceof Persisted persisted) {
            return persisted.input().partitioner(exchanges);
        }
        return null;
    }
}
