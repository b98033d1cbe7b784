package io.millrace.plan;

/**
 * One method per kind of operator. A new operator is a new method here, and the compiler then lists every reader of
 * plans that has to learn it.
 *
 * @param <R> what a visit answers
 */
public interface PlanVisitor<R> {
    /** Visit a source. */
    R source(PlanNode.Source node);

    /** Visit a one-to-one operator. */
    R rowMap(PlanNode.RowMap node);

    /** Visit a filter. */
    R rowFilter(PlanNode.RowFilter node);

    /** Visit a one-to-many operator. */
    R rowFlatMap(PlanNode.RowFlatMap node);

    /** Visit an operator on whole partitions. */
    R partitionMap(PlanNode.PartitionMap node);

    /** Visit a change of the number of partitions. */
    R repartition(PlanNode.Repartition node);

    /** Visit a union. */
    R union(PlanNode.Union node);

    /** Visit an aggregation by key. */
    R aggregate(PlanNode.Aggregate node);

    /** Visit an aggregation of the whole batch. */
    R fold(PlanNode.Fold node);

    /** Visit a bringing together of two inputs by key. */
    R cogroup(PlanNode.Cogroup node);

    /** Visit a function over a batch's datasets. */
    R batchTransform(PlanNode.BatchTransform node);

    /** Visit a window over rows. */
    R window(PlanNode.Window node);

    /** Visit a window over values by key. */
    R windowAggregate(PlanNode.WindowAggregate node);

    /** Visit a state by key that a function of a batch's values updates. */
    R stateUpdate(PlanNode.StateUpdate node);

    /** Visit a state by key that a function of each row updates. */
    R stateMap(PlanNode.StateMap node);

    /** Visit the states of all keys. */
    R stateSnapshots(PlanNode.StateSnapshots node);

    /** Visit an output. */
    R output(PlanNode.Output node);
}
