package io.millrace.api;

import io.millrace.plan.OperatorId;

/**
 * What {@code mapWithState} gives.
 *
 * @param <K> key type
 * @param <V> value type of what comes in
 * @param <S> state type
 * @param <M> type of what the function gives
 */
public final class MapWithStateDStream<K, V, S, M> extends DStream<M> {
    MapWithStateDStream(StreamingContext context, OperatorId id) {
        super(context, id);
    }

    /** All keys with their states after each batch. Costs a visit of every key, in each batch; nothing if no output reads it. */
    public PairDStream<K, S> stateSnapshots() {
        return States.snapshots(this);
    }
}
