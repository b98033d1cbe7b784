package io.millrace.api;

import io.millrace.api.function.Function2;
import io.millrace.api.function.Function3;
import io.millrace.api.function.Function4;
import io.millrace.plan.Partitioning;
import io.millrace.plan.StateMapping;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code mapWithState} is to do: the function that is called for each record, and how the state is kept. Methods change this
 * object and return it; what {@code mapWithState} was given counts as it is at that call.
 *
 * <pre>{@code
 * StateSpec.function((String word, Optional<Integer> one, State<Integer> count) -> {
 *     int sum = one.orElse(0) + (count.exists() ? count.get() : 0);
 *     count.update(sum);
 *     return new Tuple2<>(word, sum);
 * }).timeout(Durations.minutes(30))
 * }</pre>
 *
 * <p>Meaning: guide, "mapWithState"; behaviour of Spark's {@code StateSpec}. Time-outs are exact: a key times out in the first batch
 * whose time is more than the time-out after the batch of its last data.
 *
 * @param <K> key type
 * @param <V> value type
 * @param <S> state type
 * @param <M> type of what the function gives
 */
public final class StateSpec<K, V, S, M> {
    private final StateMapping.Call call;
    private Partitioning partitioning = Partitioning.DEFAULT;
    private RDDLike<?> initialState;
    private Duration timeout;
    private StateOptions options = StateOptions.NONE;

    private StateSpec(StateMapping.Call call) {
        this.call = call;
    }

    /** The function gets batch time, key, value and state; a record comes out if it gives one. It may not give null. */
    public static <K, V, S, M> StateSpec<K, V, S, M> function(
            Function4<Time, K, Optional<V>, State<S>, Optional<M>> function) {
        return new StateSpec<>(new StateMapping.Timed(Objects.requireNonNull(function, "function of a StateSpec")));
    }

    /** The function gets key, value and state; what it gives comes out, for each call and even if it is null. */
    public static <K, V, S, M> StateSpec<K, V, S, M> function(Function3<K, Optional<V>, State<S>, M> function) {
        return new StateSpec<>(new StateMapping.Plain(Objects.requireNonNull(function, "function of a StateSpec")));
    }

    /**
     * A running reduction: the state of a key is its first value, and then what {@code merge} makes of the state and each further
     * value; for each record, its key and the new state come out. With {@link io.millrace.api.function.Reducers} and {@link
     * io.millrace.api.function.Typed} no object is made of a record. A key that times out leaves without a record.
     *
     * <p>Where more is said behind it, Java wants to know the types: {@code
     * StateSpec.<String, Integer>running(Reducers.sumInt()).timeout(Durations.minutes(10))}.
     */
    public static <K, V> StateSpec<K, V, V, Tuple2<K, V>> running(Function2<V, V, V> merge) {
        return new StateSpec<>(
                new StateMapping.Running(Objects.requireNonNull(merge, "merge function of a StateSpec")));
    }

    /** Begin with these states, which count as updated in the first batch; of a key that comes twice, one state is taken. */
    public StateSpec<K, V, S, M> initialState(PairRDD<K, S> states) {
        initialState = Objects.requireNonNull(states, "initial state of a StateSpec");
        return this;
    }

    /** As {@link #initialState(PairRDD)}, for a dataset of tuples. */
    public StateSpec<K, V, S, M> initialState(RDD<Tuple2<K, S>> states) {
        initialState = Objects.requireNonNull(states, "initial state of a StateSpec");
        return this;
    }

    /** Keep the state in so many partitions; the last of this and {@link #partitioner} counts. */
    public StateSpec<K, V, S, M> numPartitions(int partitions) {
        partitioning = Sugar.into("StateSpec.numPartitions", partitions);
        return this;
    }

    /** Keep each key's state where the partitioner says; the last of this and {@link #numPartitions} counts. */
    public StateSpec<K, V, S, M> partitioner(Partitioner partitioner) {
        partitioning = Sugar.by("StateSpec.partitioner", partitioner);
        return this;
    }

    /**
     * Call the function once more for a key that had no data for longer than that, without a value, and remove its state then.
     *
     * @throws IllegalArgumentException if it is below 1 ms
     */
    public StateSpec<K, V, S, M> timeout(Duration idle) {
        if (idle == null || idle.milliseconds() < 1) {
            throw new IllegalArgumentException("StateSpec.timeout(" + idle + "): give 1 ms or more");
        }
        timeout = idle;
        return this;
    }

    /** Bound what is remembered. */
    public StateSpec<K, V, S, M> options(StateOptions bounds) {
        options = Objects.requireNonNull(bounds, "options of a StateSpec");
        return this;
    }

    StateMapping mapping() {
        if (timeout != null && options.ttl() != null) {
            throw new IllegalArgumentException("a StateSpec with a time-out of " + timeout + " and a time to live of "
                    + options.ttl() + ": whichever came first would hide the other; give one");
        }
        return new StateMapping(call, initialState, timeout, options);
    }

    Partitioning partitioning() {
        return partitioning;
    }
}
