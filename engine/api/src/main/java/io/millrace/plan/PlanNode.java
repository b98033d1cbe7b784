package io.millrace.plan;

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

    /** One row per key: an exchange by key. {@code partitions} is 0 for the backend's default parallelism. */
    record Aggregate(OperatorId id, OperatorId input, Aggregator by, int partitions) implements PlanNode {
        @Override
        public List<OperatorId> inputs() {
            return List.of(input);
        }

        @Override
        public PlanNode withId(OperatorId newId) {
            return new Aggregate(newId, input, by, partitions);
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

    /** Where rows leave the plan. {@code pairs} tells whether user code sees a {@code PairRDD}. */
    record Output(OperatorId id, OperatorId input, boolean pairs, SinkSpec sink) implements PlanNode {
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
