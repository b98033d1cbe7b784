package io.millrace.api;

import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Function4;
import io.millrace.conf.Settings;
import io.millrace.plan.Aggregator;
import io.millrace.plan.OperatorId;
import io.millrace.plan.Partitioning;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Match;
import io.millrace.plan.PlanNode.Shape;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A discretized stream of keyed records.
 *
 * @param <K> key type
 * @param <V> value type
 */
public class PairDStream<K, V> extends DStreamLike<Tuple2<K, V>, PairDStream<K, V>, PairRDD<K, V>> {
    PairDStream(StreamingContext context, OperatorId id) {
        super(context, id);
    }

    @Override
    final PairDStream<K, V> self() {
        return this;
    }

    @Override
    final boolean isPairs() {
        return true;
    }

    /** The keyed records for which the function answers true; a null answer fails the batch. */
    public final PairDStream<K, V> filter(Function<Tuple2<K, V>, Boolean> function) {
        return new PairDStream<>(context(), rowFilter(function));
    }

    /** The keyed records of both streams, this one's partitions first. */
    public final PairDStream<K, V> union(PairDStream<K, V> other) {
        return new PairDStream<>(context(), unionWith(other));
    }

    /** A new value for each record; the key stays. */
    public final <U> PairDStream<K, U> mapValues(Function<V, U> function) {
        return new PairDStream<>(context(), rowMap("mapValues", Shape.VALUE, function));
    }

    /** Any number of new values for each record, each under its key. */
    public final <U> PairDStream<K, U> flatMapValues(FlatMapFunction<V, U> function) {
        return new PairDStream<>(context(), rowFlatMap("flatMapValues", Shape.VALUE, function));
    }

    /** The same records in so many partitions, dealt out in turn; costs a copy of every record. */
    public final PairDStream<K, V> repartition(int partitions) {
        return new PairDStream<>(context(), repartitioned(partitions));
    }

    /** One record per key and batch: its values made one by an associative and commutative function. */
    public final PairDStream<K, V> reduceByKey(Function2<V, V, V> function) {
        return reduced(function, Partitioning.DEFAULT);
    }

    /**
     * One record per key and batch. A key with one value keeps it; the function is not called.
     *
     * @param partitions of the result, 1 to {@link Settings#MAX_PARTITIONS}
     * @throws IllegalArgumentException if {@code partitions} is out of that range
     */
    public final PairDStream<K, V> reduceByKey(Function2<V, V, V> function, int partitions) {
        return reduced(function, Sugar.into("reduceByKey", partitions));
    }

    /** One record per key and batch, in the partitions that the partitioner says. */
    public final PairDStream<K, V> reduceByKey(Function2<V, V, V> function, Partitioner partitioner) {
        return reduced(function, Sugar.by("reduceByKey", partitioner));
    }

    final PairDStream<K, V> reduced(Function2<V, V, V> function, Partitioning partitioning) {
        Objects.requireNonNull(function, "function of reduceByKey");
        return byKey("reduceByKey", new Aggregator.Reduce(function), partitioning);
    }

    /** All values of each key and batch. They are gathered in memory; prefer {@code reduceByKey} where it will do. */
    public final PairDStream<K, Iterable<V>> groupByKey() {
        return byKey("groupByKey", new Aggregator.Group(), Partitioning.DEFAULT);
    }

    /**
     * All values of each key and batch.
     *
     * @param partitions of the result, 1 to {@link Settings#MAX_PARTITIONS}
     */
    public final PairDStream<K, Iterable<V>> groupByKey(int partitions) {
        return byKey("groupByKey", new Aggregator.Group(), Sugar.into("groupByKey", partitions));
    }

    /** All values of each key and batch, in the partitions that the partitioner says. */
    public final PairDStream<K, Iterable<V>> groupByKey(Partitioner partitioner) {
        return byKey("groupByKey", new Aggregator.Group(), Sugar.by("groupByKey", partitioner));
    }

    /** One combiner per key and batch, in the default number of partitions. */
    public final <C> PairDStream<K, C> combineByKey(
            Function<V, C> create, Function2<C, V, C> mergeValue, Function2<C, C, C> mergeCombiners) {
        return combineByKey(create, mergeValue, mergeCombiners, Partitioning.DEFAULT);
    }

    /**
     * One combiner per key and batch: made of the key's first value, grown by the others.
     *
     * @param create makes a combiner of a value; it belongs to the engine afterwards, so functions may change it
     * @param mergeValue adds a value to a combiner
     * @param mergeCombiners brings two combiners of one key together
     */
    public final <C> PairDStream<K, C> combineByKey(
            Function<V, C> create,
            Function2<C, V, C> mergeValue,
            Function2<C, C, C> mergeCombiners,
            Partitioner partitioner) {
        return combineByKey(create, mergeValue, mergeCombiners, Sugar.by("combineByKey", partitioner));
    }

    /**
     * As the form without a switch.
     *
     * @param mapSideCombine false gathers a key's values first, and never calls {@code mergeCombiners}
     */
    public final <C> PairDStream<K, C> combineByKey(
            Function<V, C> create,
            Function2<C, V, C> mergeValue,
            Function2<C, C, C> mergeCombiners,
            Partitioner partitioner,
            boolean mapSideCombine) {
        return mapSideCombine
                ? combineByKey(create, mergeValue, mergeCombiners, partitioner)
                : Sugar.combineGathered(this, create, mergeValue, Sugar.by("combineByKey", partitioner));
    }

    private <C> PairDStream<K, C> combineByKey(
            Function<V, C> create,
            Function2<C, V, C> mergeValue,
            Function2<C, C, C> mergeCombiners,
            Partitioning partitioning) {
        Objects.requireNonNull(create, "create function of combineByKey");
        Objects.requireNonNull(mergeValue, "mergeValue function of combineByKey");
        Objects.requireNonNull(mergeCombiners, "mergeCombiners function of combineByKey");
        return byKey("combineByKey", new Aggregator.Combine(create, mergeValue, mergeCombiners), partitioning);
    }

    final <U> PairDStream<K, U> byKey(String kind, Aggregator by, Partitioning partitioning) {
        return new PairDStream<>(
                context(), context().add(kind, node -> new PlanNode.Aggregate(node, id(), by, partitioning)));
    }

    /** For each key of either stream, its values in both, batch by batch. */
    public final <W> PairDStream<K, Tuple2<Iterable<V>, Iterable<W>>> cogroup(PairDStream<K, W> other) {
        return matched("cogroup", other, Match.GROUPS, Partitioning.DEFAULT);
    }

    /**
     * For each key of either stream, its values in both, batch by batch.
     *
     * @param partitions of the result, 1 to {@link Settings#MAX_PARTITIONS}
     */
    public final <W> PairDStream<K, Tuple2<Iterable<V>, Iterable<W>>> cogroup(PairDStream<K, W> other, int partitions) {
        return matched("cogroup", other, Match.GROUPS, Sugar.into("cogroup", partitions));
    }

    /** For each key of either stream, its values in both, batch by batch. */
    public final <W> PairDStream<K, Tuple2<Iterable<V>, Iterable<W>>> cogroup(
            PairDStream<K, W> other, Partitioner partitioner) {
        return matched("cogroup", other, Match.GROUPS, Sugar.by("cogroup", partitioner));
    }

    /** Each value of a key here with each of its values in the other stream, batch by batch. */
    public final <W> PairDStream<K, Tuple2<V, W>> join(PairDStream<K, W> other) {
        return matched("join", other, Match.INNER, Partitioning.DEFAULT);
    }

    /**
     * Each value of a key here with each of its values in the other stream, batch by batch.
     *
     * @param partitions of the result, 1 to {@link Settings#MAX_PARTITIONS}
     */
    public final <W> PairDStream<K, Tuple2<V, W>> join(PairDStream<K, W> other, int partitions) {
        return matched("join", other, Match.INNER, Sugar.into("join", partitions));
    }

    /** Each value of a key here with each of its values in the other stream, batch by batch. */
    public final <W> PairDStream<K, Tuple2<V, W>> join(PairDStream<K, W> other, Partitioner partitioner) {
        return matched("join", other, Match.INNER, Sugar.by("join", partitioner));
    }

    /** As {@code join}, and once each value here whose key the other stream does not have. */
    public final <W> PairDStream<K, Tuple2<V, Optional<W>>> leftOuterJoin(PairDStream<K, W> other) {
        return matched("leftOuterJoin", other, Match.LEFT_OUTER, Partitioning.DEFAULT);
    }

    /**
     * As {@code join}, and once each value here whose key the other stream does not have.
     *
     * @param partitions of the result, 1 to {@link Settings#MAX_PARTITIONS}
     */
    public final <W> PairDStream<K, Tuple2<V, Optional<W>>> leftOuterJoin(PairDStream<K, W> other, int partitions) {
        return matched("leftOuterJoin", other, Match.LEFT_OUTER, Sugar.into("leftOuterJoin", partitions));
    }

    /** As {@code join}, and once each value here whose key the other stream does not have. */
    public final <W> PairDStream<K, Tuple2<V, Optional<W>>> leftOuterJoin(
            PairDStream<K, W> other, Partitioner partitioner) {
        return matched("leftOuterJoin", other, Match.LEFT_OUTER, Sugar.by("leftOuterJoin", partitioner));
    }

    /** As {@code join}, and once each value of the other stream whose key is not here. */
    public final <W> PairDStream<K, Tuple2<Optional<V>, W>> rightOuterJoin(PairDStream<K, W> other) {
        return matched("rightOuterJoin", other, Match.RIGHT_OUTER, Partitioning.DEFAULT);
    }

    /**
     * As {@code join}, and once each value of the other stream whose key is not here.
     *
     * @param partitions of the result, 1 to {@link Settings#MAX_PARTITIONS}
     */
    public final <W> PairDStream<K, Tuple2<Optional<V>, W>> rightOuterJoin(PairDStream<K, W> other, int partitions) {
        return matched("rightOuterJoin", other, Match.RIGHT_OUTER, Sugar.into("rightOuterJoin", partitions));
    }

    /** As {@code join}, and once each value of the other stream whose key is not here. */
    public final <W> PairDStream<K, Tuple2<Optional<V>, W>> rightOuterJoin(
            PairDStream<K, W> other, Partitioner partitioner) {
        return matched("rightOuterJoin", other, Match.RIGHT_OUTER, Sugar.by("rightOuterJoin", partitioner));
    }

    /** As {@code join}, and once each value whose key only one stream has. */
    public final <W> PairDStream<K, Tuple2<Optional<V>, Optional<W>>> fullOuterJoin(PairDStream<K, W> other) {
        return matched("fullOuterJoin", other, Match.FULL_OUTER, Partitioning.DEFAULT);
    }

    /**
     * As {@code join}, and once each value whose key only one stream has.
     *
     * @param partitions of the result, 1 to {@link Settings#MAX_PARTITIONS}
     */
    public final <W> PairDStream<K, Tuple2<Optional<V>, Optional<W>>> fullOuterJoin(
            PairDStream<K, W> other, int partitions) {
        return matched("fullOuterJoin", other, Match.FULL_OUTER, Sugar.into("fullOuterJoin", partitions));
    }

    /** As {@code join}, and once each value whose key only one stream has. */
    public final <W> PairDStream<K, Tuple2<Optional<V>, Optional<W>>> fullOuterJoin(
            PairDStream<K, W> other, Partitioner partitioner) {
        return matched("fullOuterJoin", other, Match.FULL_OUTER, Sugar.by("fullOuterJoin", partitioner));
    }

    /** The keyed records of the last {@code window}, in each batch; oldest first. */
    public final PairDStream<K, V> window(Duration window) {
        return window(window, slideDuration());
    }

    /** The keyed records of the last {@code window}, every {@code slide}; otherwise as {@link DStream#window(Duration, Duration)}. */
    public final PairDStream<K, V> window(Duration window, Duration slide) {
        return windowedBy("window", window, slide);
    }

    private PairDStream<K, V> windowedBy(String method, Duration window, Duration slide) {
        return new PairDStream<>(context(), windowed(method, window, slide));
    }

    /** All values of each key in the last {@code window}, in each batch; older batches first. */
    public final PairDStream<K, Iterable<V>> groupByKeyAndWindow(Duration window) {
        return groupByKeyAndWindow(window, slideDuration());
    }

    /** All values of each key in the last {@code window}, every {@code slide}; older batches first. */
    public final PairDStream<K, Iterable<V>> groupByKeyAndWindow(Duration window, Duration slide) {
        return windowedBy("groupByKeyAndWindow", window, slide).groupByKey();
    }

    /** As the form without a number, in so many partitions. */
    public final PairDStream<K, Iterable<V>> groupByKeyAndWindow(Duration window, Duration slide, int partitions) {
        return windowedBy("groupByKeyAndWindow", window, slide).groupByKey(partitions);
    }

    /** As the form without a partitioner, in the partitions that it says. */
    public final PairDStream<K, Iterable<V>> groupByKeyAndWindow(
            Duration window, Duration slide, Partitioner partitioner) {
        return windowedBy("groupByKeyAndWindow", window, slide).groupByKey(partitioner);
    }

    /** One record per key of the last {@code window}, in each batch; see {@link #reduceByKeyAndWindow(Function2, Duration, Duration)}. */
    public final PairDStream<K, V> reduceByKeyAndWindow(Function2<V, V, V> function, Duration window) {
        return reduceByKeyAndWindow(function, window, slideDuration());
    }

    /**
     * One record per key of the last {@code window}, every {@code slide}: its values made one by an associative and commutative
     * function. A key that has no record in the window is not there. A slide costs what comes into the window, what leaves it, and
     * as much again: not what is in it.
     *
     * @throws IllegalArgumentException if one of the durations is no multiple of {@link #slideDuration}
     */
    public final PairDStream<K, V> reduceByKeyAndWindow(Function2<V, V, V> function, Duration window, Duration slide) {
        return Windows.reduceByKey(this, function, window, slide, Partitioning.DEFAULT);
    }

    /** As the form without a number, in so many partitions. */
    public final PairDStream<K, V> reduceByKeyAndWindow(
            Function2<V, V, V> function, Duration window, Duration slide, int partitions) {
        return Windows.reduceByKey(this, function, window, slide, Sugar.into(Windows.REDUCE, partitions));
    }

    /** As the form without a partitioner, in the partitions that it says. */
    public final PairDStream<K, V> reduceByKeyAndWindow(
            Function2<V, V, V> function, Duration window, Duration slide, Partitioner partitioner) {
        return Windows.reduceByKey(this, function, window, slide, Sugar.by(Windows.REDUCE, partitioner));
    }

    /**
     * As the form without an inverse, but a key's result is the last one, with what came put in and what left taken out. A key stays,
     * with what the inverse leaves of it, after its last record has left; the forms with a filter forget it then.
     *
     * @param inverse takes a value (the second) out of a merged one (the first)
     */
    public final PairDStream<K, V> reduceByKeyAndWindow(
            Function2<V, V, V> function, Function2<V, V, V> inverse, Duration window, Duration slide) {
        return Windows.reduceByKey(this, function, inverse, window, slide, Partitioning.DEFAULT, null);
    }

    /**
     * As the form without a filter.
     *
     * @param partitions of the result, 1 to {@link Settings#MAX_PARTITIONS}
     * @param filter which results stay; a key whose result it refuses is forgotten. Null lets all stay
     */
    public final PairDStream<K, V> reduceByKeyAndWindow(
            Function2<V, V, V> function,
            Function2<V, V, V> inverse,
            Duration window,
            Duration slide,
            int partitions,
            Function<Tuple2<K, V>, Boolean> filter) {
        return Windows.reduceByKey(
                this, function, inverse, window, slide, Sugar.into(Windows.REDUCE, partitions), filter);
    }

    /** As the form with a number, in the partitions that the partitioner says. */
    public final PairDStream<K, V> reduceByKeyAndWindow(
            Function2<V, V, V> function,
            Function2<V, V, V> inverse,
            Duration window,
            Duration slide,
            Partitioner partitioner,
            Function<Tuple2<K, V>, Boolean> filter) {
        return Windows.reduceByKey(
                this, function, inverse, window, slide, Sugar.by(Windows.REDUCE, partitioner), filter);
    }

    /**
     * A state for each key: what the function makes of the key's values in this batch (none, perhaps) and its state before. It is
     * called in each batch for every key that has data or a state; a key for which it gives {@link Optional#empty} is forgotten. Each
     * batch gives all keys with their states (guide, "UpdateStateByKey Operation").
     *
     * <p>Costs one call per key that is remembered, in each batch; {@link #mapWithState}, and {@code Reducers.running} here, cost what a
     * batch's own keys cost. A batch that fails leaves the state as it was.
     *
     * @param <S> state type
     */
    public final <S> PairDStream<K, S> updateStateByKey(Function2<List<V>, Optional<S>, Optional<S>> function) {
        return States.update(this, function, null, StateOptions.NONE, Partitioning.DEFAULT);
    }

    /** As the form without a number, in so many partitions. */
    public final <S> PairDStream<K, S> updateStateByKey(
            Function2<List<V>, Optional<S>, Optional<S>> function, int partitions) {
        return States.update(this, function, null, StateOptions.NONE, Sugar.into(States.UPDATE, partitions));
    }

    /** As the form without a partitioner, in the partitions that it says. */
    public final <S> PairDStream<K, S> updateStateByKey(
            Function2<List<V>, Optional<S>, Optional<S>> function, Partitioner partitioner) {
        return States.update(this, function, null, StateOptions.NONE, Sugar.by(States.UPDATE, partitioner));
    }

    /** As the form without initial states; in the first batch, they are the states before. */
    public final <S> PairDStream<K, S> updateStateByKey(
            Function2<List<V>, Optional<S>, Optional<S>> function, Partitioner partitioner, PairRDD<K, S> initial) {
        Objects.requireNonNull(initial, "initial states of updateStateByKey");
        return States.update(this, function, initial, StateOptions.NONE, Sugar.by(States.UPDATE, partitioner));
    }

    /** As the form without options, within these bounds. */
    public final <S> PairDStream<K, S> updateStateByKey(
            Function2<List<V>, Optional<S>, Optional<S>> function, StateOptions options) {
        return States.update(this, function, null, options, Partitioning.DEFAULT);
    }

    /** As the form without options, within these bounds. */
    public final <S> PairDStream<K, S> updateStateByKey(
            Function2<List<V>, Optional<S>, Optional<S>> function, Partitioner partitioner, StateOptions options) {
        return States.update(this, function, null, options, Sugar.by(States.UPDATE, partitioner));
    }

    /** As the form without options, within these bounds. */
    public final <S> PairDStream<K, S> updateStateByKey(
            Function2<List<V>, Optional<S>, Optional<S>> function,
            Partitioner partitioner,
            PairRDD<K, S> initial,
            StateOptions options) {
        Objects.requireNonNull(initial, "initial states of updateStateByKey");
        return States.update(this, function, initial, options, Sugar.by(States.UPDATE, partitioner));
    }

    /** As the form with a function of values and state, for one that gets the batch time and the key as well. */
    public final <S> PairDStream<K, S> updateStateByKey(
            Function4<Time, K, List<V>, Optional<S>, Optional<S>> function) {
        return States.update(this, function, null, StateOptions.NONE, Partitioning.DEFAULT);
    }

    /** As the form without a partitioner, in the partitions that it says. */
    public final <S> PairDStream<K, S> updateStateByKey(
            Function4<Time, K, List<V>, Optional<S>, Optional<S>> function, Partitioner partitioner) {
        return States.update(this, function, null, StateOptions.NONE, Sugar.by(States.UPDATE, partitioner));
    }

    /** As the form without initial states; in the first batch, they are the states before. */
    public final <S> PairDStream<K, S> updateStateByKey(
            Function4<Time, K, List<V>, Optional<S>, Optional<S>> function,
            Partitioner partitioner,
            PairRDD<K, S> initial) {
        Objects.requireNonNull(initial, "initial states of updateStateByKey");
        return States.update(this, function, initial, StateOptions.NONE, Sugar.by(States.UPDATE, partitioner));
    }

    /** As the form without options, within these bounds. */
    public final <S> PairDStream<K, S> updateStateByKey(
            Function4<Time, K, List<V>, Optional<S>, Optional<S>> function, StateOptions options) {
        return States.update(this, function, null, options, Partitioning.DEFAULT);
    }

    /** As the form without options, within these bounds. */
    public final <S> PairDStream<K, S> updateStateByKey(
            Function4<Time, K, List<V>, Optional<S>, Optional<S>> function,
            Partitioner partitioner,
            StateOptions options) {
        return States.update(this, function, null, options, Sugar.by(States.UPDATE, partitioner));
    }

    /** As the form without options, within these bounds. */
    public final <S> PairDStream<K, S> updateStateByKey(
            Function4<Time, K, List<V>, Optional<S>, Optional<S>> function,
            Partitioner partitioner,
            PairRDD<K, S> initial,
            StateOptions options) {
        Objects.requireNonNull(initial, "initial states of updateStateByKey");
        return States.update(this, function, initial, options, Sugar.by(States.UPDATE, partitioner));
    }

    /**
     * What a function gives for each record and the state of its key, which it may change (guide, "mapWithState"). A batch costs what its
     * own records cost, however many keys are remembered. A batch that fails leaves the state as it was.
     *
     * @param <S> state type
     * @param <M> type of what the function gives
     */
    public final <S, M> MapWithStateDStream<K, V, S, M> mapWithState(StateSpec<K, V, S, M> spec) {
        return States.map(this, spec);
    }

    private <W, X> PairDStream<K, X> matched(
            String kind, PairDStream<K, W> other, Match match, Partitioning partitioning) {
        checkSameContext(kind, other);
        return new PairDStream<>(
                context(),
                context().add(kind, node -> new PlanNode.Cogroup(node, id(), other.id(), match, partitioning)));
    }

    /** The same stream with its records as tuples, for methods that take plain streams. */
    public final DStream<Tuple2<K, V>> toJavaDStream() {
        return new DStream<>(context(), id());
    }

    /** A stream of tuples as a keyed one; the tuples are taken apart, as by {@code mapToPair}. */
    public static <K, V> PairDStream<K, V> fromJavaDStream(DStream<Tuple2<K, V>> stream) {
        return stream.mapToPair(pair -> pair);
    }

    /** The same as {@link #fromJavaDStream}, under its other name. */
    public static <K, V> PairDStream<K, V> fromPairDStream(DStream<Tuple2<K, V>> stream) {
        return fromJavaDStream(stream);
    }
}
