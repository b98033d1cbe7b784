package io.millrace.plan;

import io.millrace.api.OutputGate;
import io.millrace.api.RDDLike;
import io.millrace.api.StateOptions;
import io.millrace.api.Time;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import io.millrace.plan.sink.SinkSpec;
import io.millrace.plan.source.SourceSpec;
import java.io.Serializable;
import java.util.List;

/** One operator of a plan. Data only: no thread, no buffer, no engine. Inputs are ids of earlier nodes. */
public sealed interface PlanNode {
    /** This operator's stable name. */
    OperatorId id();

    /** The operators this one reads, in order. */
    List<OperatorId> inputs();

    /** The same operator under another name. */
    PlanNode withId(OperatorId newId);

    /** How often there is a dataset of this operator, milliseconds, if there is one of its first input every {@code inputSlideMs}. */
    default long slideMs(long inputSlideMs) {
        return inputSlideMs;
    }

    /** Double dispatch to the method of {@code visitor} that is made for this kind of node. */
    <R> R accept(PlanVisitor<R> visitor);

    /** Which part of a row a function sees, and what becomes of its result. */
    enum Shape {
        /** The function gets the row; its result is the new row. */
        ROW,
        /** The function gets the row; its result is a {@code Tuple2}, the new keyed row. */
        PAIR,
        /** The function gets the value of a keyed row; the key stays. */
        VALUE
    }

    /** Rows that come from outside, one batch at a time. */
    record Source(OperatorId id, int streamId, SourceSpec spec) implements PlanNode {
        @Override
        public List<OperatorId> inputs() {
            return List.of();
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new Source(newId, streamId, spec);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.source(this);
        }
    }

    /** One row out for each row in. */
    record RowMap(OperatorId id, OperatorId input, Shape shape, Serializable function) implements PlanNode {
        @Override
        public List<OperatorId> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new RowMap(newId, input, shape, function);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.rowMap(this);
        }
    }

    /** The rows for which the function answers true. */
    record RowFilter(OperatorId id, OperatorId input, Serializable function) implements PlanNode {
        @Override
        public List<OperatorId> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new RowFilter(newId, input, function);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.rowFilter(this);
        }
    }

    /** Any number of rows out for each row in; the function gives an iterator. */
    record RowFlatMap(OperatorId id, OperatorId input, Shape shape, Serializable function) implements PlanNode {
        @Override
        public List<OperatorId> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new RowFlatMap(newId, input, shape, function);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.rowFlatMap(this);
        }
    }

    /** The rows of all inputs; partitions in input order. */
    record Union(OperatorId id, List<OperatorId> inputs) implements PlanNode {
        /** Takes a copy of the list. */
        public Union {
            inputs = List.copyOf(inputs);
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new Union(newId, inputs);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.union(this);
        }
    }

    /**
     * A function over whole partitions: it gets the iterator of a partition's rows, and gives one. Empty partitions are
     * among them. Of the shapes, ROW and PAIR.
     */
    record PartitionMap(OperatorId id, OperatorId input, Shape shape, Serializable function) implements PlanNode {
        @Override
        public List<OperatorId> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new PartitionMap(newId, input, shape, function);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.partitionMap(this);
        }
    }

    /** The same rows in another number of partitions, dealt out in turn. */
    record Repartition(OperatorId id, OperatorId input, int partitions) implements PlanNode {
        @Override
        public List<OperatorId> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new Repartition(newId, input, partitions);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.repartition(this);
        }
    }

    /** One row per key: an exchange by key. */
    record Aggregate(OperatorId id, OperatorId input, Aggregator by, Partitioning partitioning) implements PlanNode {
        @Override
        public List<OperatorId> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new Aggregate(newId, input, by, partitioning);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.aggregate(this);
        }
    }

    /** The whole batch to one row. An empty batch gives no row to a {@code Reduce} and zero to a {@code Count}. */
    record Fold(OperatorId id, OperatorId input, Aggregator by) implements PlanNode {
        @Override
        public List<OperatorId> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new Fold(newId, input, by);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.fold(this);
        }
    }

    /** Two keyed inputs brought together by key. */
    record Cogroup(OperatorId id, OperatorId left, OperatorId right, Match match, Partitioning partitioning)
            implements PlanNode {
        @Override
        public List<OperatorId> inputs() {
            return List.of(left, right);
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new Cogroup(newId, left, right, match, partitioning);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.cogroup(this);
        }
    }

    /** What a {@link Cogroup} makes of a key's rows on both sides. */
    enum Match {
        /** One row per key: the values of both sides, as two {@code Iterable}s. */
        GROUPS,
        /** Each value of the left with each of the right, where both have some. */
        INNER,
        /** As INNER, and the left's values without a right one; the right is an {@code Optional}. */
        LEFT_OUTER,
        /** As INNER, and the right's values without a left one; the left is an {@code Optional}. */
        RIGHT_OUTER,
        /** As INNER, and the values of either without one of the other; both are {@code Optional}s. */
        FULL_OUTER
    }

    /**
     * A function over the datasets of one batch, called once per batch before its outputs run. If it throws, none of them
     * runs.
     *
     * @param pairInputs for each input, whether the function sees it as a {@code PairRDD}
     * @param pairs whether the result is meant to be a {@code PairRDD}
     */
    record BatchTransform(
            OperatorId id,
            List<OperatorId> inputs,
            List<Boolean> pairInputs,
            boolean pairs,
            Function2<List<RDDLike<?>>, Time, RDDLike<?>> function)
            implements PlanNode {
        /** Takes copies of the lists. */
        public BatchTransform {
            inputs = List.copyOf(inputs);
            pairInputs = List.copyOf(pairInputs);
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new BatchTransform(newId, inputs, pairInputs, pairs, function);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.batchTransform(this);
        }
    }

    /** The rows of several batches together, oldest first. */
    record Window(OperatorId id, OperatorId input, WindowSpan span) implements PlanNode {
        @Override
        public List<OperatorId> inputs() {
            return List.of(input);
        }

        @Override
        public long slideMs(long inputSlideMs) {
            return span.slideMs();
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new Window(newId, input, span);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.window(this);
        }
    }

    /**
     * One row per key: the values of several batches made one.
     *
     * @param merge two values to one
     * @param inverse takes a value out of a merged one; null if nothing does. With it, a key stays after its rows have left
     * @param filter which results stay; null for all. A key whose result it refuses is forgotten
     */
    record WindowAggregate(
            OperatorId id,
            OperatorId input,
            WindowSpan span,
            Function2<?, ?, ?> merge,
            Function2<?, ?, ?> inverse,
            Function<?, Boolean> filter,
            Partitioning partitioning)
            implements PlanNode {
        @Override
        public List<OperatorId> inputs() {
            return List.of(input);
        }

        @Override
        public long slideMs(long inputSlideMs) {
            return span.slideMs();
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new WindowAggregate(newId, input, span, merge, inverse, filter, partitioning);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.windowAggregate(this);
        }
    }

    /**
     * One row per key that has a state, which a function made of the key's values in this batch and its state before.
     *
     * @param function a {@code Function2} of values and state, or a {@code Function4} of time, key, values and state
     * @param initial states to begin with, a dataset of pairs; null for none
     */
    record StateUpdate(
            OperatorId id,
            OperatorId input,
            Serializable function,
            RDDLike<?> initial,
            StateOptions options,
            Partitioning partitioning)
            implements PlanNode {
        @Override
        public List<OperatorId> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new StateUpdate(newId, input, function, initial, options, partitioning);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.stateUpdate(this);
        }
    }

    /** What a function gives for each row and the state of its key, which it may change. */
    record StateMap(OperatorId id, OperatorId input, StateMapping mapping, Partitioning partitioning)
            implements PlanNode {
        @Override
        public List<OperatorId> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new StateMap(newId, input, mapping, partitioning);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.stateMap(this);
        }
    }

    /** All keys of a {@link StateMap} with their states after the batch. */
    record StateSnapshots(OperatorId id, OperatorId input) implements PlanNode {
        @Override
        public List<OperatorId> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new StateSnapshots(newId, input);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.stateSnapshots(this);
        }
    }

    /** Where rows leave the plan. {@code pairs} tells whether user code sees a {@code PairRDD}. */
    record Output(OperatorId id, OperatorId input, boolean pairs, SinkSpec sink) implements PlanNode {
        /** What it waits for in a run that has a checkpoint. */
        public OutputGate gate() {
            return sink.gate();
        }

        @Override
        public List<OperatorId> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new Output(newId, input, pairs, sink);
        }

        @Override
        public <R> R accept(PlanVisitor<R> visitor) {
            return visitor.output(this);
        }
    }
}
