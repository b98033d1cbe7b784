package io.millrace.api;

import io.millrace.plan.OperatorId;
import io.millrace.plan.Partitioning;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StateMapping;
import java.io.Serializable;
import java.util.Objects;

/** Streams that remember something by key. */
final class States {
    static final String UPDATE = "updateStateByKey";
    private static final String MAP = "mapWithState";

    private States() {}

    static <K, V, S> PairDStream<K, S> update(
            PairDStream<K, V> stream,
            Serializable function,
            PairRDD<K, S> initial,
            StateOptions options,
            Partitioning partitioning) {
        Objects.requireNonNull(function, () -> "function of " + UPDATE);
        Objects.requireNonNull(options, () -> "options of " + UPDATE);
        stream.context().prepareState(UPDATE);
        OperatorId id = stream.context()
                .add(
                        UPDATE,
                        node -> new PlanNode.StateUpdate(node, stream.id(), function, initial, options, partitioning));
        return new PairDStream<>(stream.context(), id);
    }

    static <K, V, S, M> MapWithStateDStream<K, V, S, M> map(PairDStream<K, V> stream, StateSpec<K, V, S, M> spec) {
        Objects.requireNonNull(spec, () -> "specification of " + MAP);
        StateMapping mapping = spec.mapping();
        stream.context().prepareState(MAP);
        OperatorId id = stream.context()
                .add(MAP, node -> new PlanNode.StateMap(node, stream.id(), mapping, spec.partitioning()));
        return new MapWithStateDStream<>(stream.context(), id);
    }

    static <K, S> PairDStream<K, S> snapshots(MapWithStateDStream<K, ?, S, ?> stream) {
        OperatorId id = stream.context().add("stateSnapshots", node -> new PlanNode.StateSnapshots(node, stream.id()));
        return new PairDStream<>(stream.context(), id);
    }
}
