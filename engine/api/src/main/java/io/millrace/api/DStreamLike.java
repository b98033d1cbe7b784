package io.millrace.api;

import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Function3;
import io.millrace.api.function.PairFlatMapFunction;
import io.millrace.api.function.PairFunction;
import io.millrace.api.function.VoidFunction;
import io.millrace.api.function.VoidFunction2;
import io.millrace.api.function.VoidFunction3;
import io.millrace.conf.Settings;
import io.millrace.plan.Aggregator;
import io.millrace.plan.OperatorId;
import io.millrace.plan.Partitioning;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Shape;
import io.millrace.plan.WindowSpan;
import io.millrace.plan.sink.ForeachRddSpec;
import io.millrace.plan.sink.ForeachRecordSpec;
import io.millrace.plan.sink.ObjectFilesSinkSpec;
import io.millrace.plan.sink.PrintSpec;
import io.millrace.plan.sink.SinkSpec;
import io.millrace.plan.sink.TextFilesSinkSpec;
import io.millrace.plan.type.DeclaredTypes;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * What every discretized stream can do. A stream is a name for one operator of the context's plan; it holds no data,
 * and its methods only add operators. They may be called until the context starts; afterwards they throw {@link
 * IllegalStateException}.
 *
 * <p>Meaning: guide, "Transformations on DStreams" and "Output Operations on DStreams".
 *
 * @param <T> record type
 * @param <S> this kind of stream
 * @param <R> the dataset of one batch of it
 */
public abstract class DStreamLike<T, S extends DStreamLike<T, S, R>, R extends RDDLike<S>> {
    /** How many records {@link #print()} shows. */
    public static final int DEFAULT_PRINTED = 10;

    private final StreamingContext context;
    private final OperatorId created;

    DStreamLike(StreamingContext context, OperatorId id) {
        this.context = Objects.requireNonNull(context, "context");
        this.created = Objects.requireNonNull(id, "operator id");
    }

    abstract S self();

    abstract boolean isPairs();

    /** The context this stream was made in. */
    public final StreamingContext context() {
        return context;
    }

    /** The name of this stream's operator in the plan. */
    public final OperatorId id() {
        return context.planBuilder().current(created);
    }

    /** How often there is a dataset of this stream: the batch interval, or the slide of the window it is made of. */
    public final Duration slideDuration() {
        return new Duration(context.slideMs(id()));
    }

    /** Itself, so that programs that write {@code stream.dstream().saveAsTextFiles(…)} compile. */
    public final S dstream() {
        return self();
    }

    /**
     * Give this stream's operator a lasting name, to which state binds across code changes.
     *
     * @throws PlanException if the name is taken, or another operator reads this stream already
     */
    public final S named(String name) {
        context.checkDefining("a name");
        context.planBuilder().rename(id(), name);
        return self();
    }

    /** One record out for each record in, in order. */
    public final <U> DStream<U> map(Function<T, U> function) {
        return new DStream<>(context, rowMap("map", Shape.ROW, function));
    }

    /** One keyed record out for each record in, in order. */
    public final <K, V> PairDStream<K, V> mapToPair(PairFunction<T, K, V> function) {
        return new PairDStream<>(context, rowMap("mapToPair", Shape.PAIR, function));
    }

    /** Any number of records out for each record in. The iterator is read to its end at once; it may not be null. */
    public final <U> DStream<U> flatMap(FlatMapFunction<T, U> function) {
        return new DStream<>(context, rowFlatMap("flatMap", Shape.ROW, function));
    }

    /** Any number of keyed records out for each record in. */
    public final <K, V> PairDStream<K, V> flatMapToPair(PairFlatMapFunction<T, K, V> function) {
        return new PairDStream<>(context, rowFlatMap("flatMapToPair", Shape.PAIR, function));
    }

    /** Exactly one record per batch: how many there were, 0 for an empty batch. */
    public final DStream<Long> count() {
        return new DStream<>(
                context, context.add("count", node -> new PlanNode.Fold(node, id(), new Aggregator.Count())));
    }

    /** How often each distinct record occurs in the batch; order is unspecified. */
    public final PairDStream<T, Long> countByValue() {
        return Sugar.countByValue(this, Partitioning.DEFAULT);
    }

    /**
     * How often each distinct record occurs in the batch.
     *
     * @param partitions of the result, 1 to {@link Settings#MAX_PARTITIONS}
     * @throws IllegalArgumentException if {@code partitions} is out of that range
     */
    public final PairDStream<T, Long> countByValue(int partitions) {
        return Sugar.countByValue(this, Sugar.into("countByValue", partitions));
    }

    /** All records of a batch made one by an associative and commutative function; an empty batch gives no record. */
    public final DStream<T> reduce(Function2<T, T, T> function) {
        Objects.requireNonNull(function, "function of reduce");
        return new DStream<>(
                context, context.add("reduce", node -> new PlanNode.Fold(node, id(), new Aggregator.Reduce(function))));
    }

    /**
     * The number of records in the last {@code window}, every {@code slide}: one record, from the first window on that had any.
     *
     * @throws IllegalArgumentException if one of them is no multiple of {@link #slideDuration}
     */
    public final DStream<Long> countByWindow(Duration window, Duration slide) {
        return Windows.count(this, Windows.span("countByWindow", this, window, slide));
    }

    /** How often each distinct record occurs in the last {@code window}, every {@code slide}. Costs what comes and goes. */
    public final PairDStream<T, Long> countByValueAndWindow(Duration window, Duration slide) {
        return Windows.countByValue(
                this, Windows.span("countByValueAndWindow", this, window, slide), Partitioning.DEFAULT);
    }

    /**
     * How often each distinct record occurs in the last {@code window}, every {@code slide}.
     *
     * @param partitions of the result, 1 to {@link Settings#MAX_PARTITIONS}
     */
    public final PairDStream<T, Long> countByValueAndWindow(Duration window, Duration slide, int partitions) {
        return Windows.countByValue(
                this,
                Windows.span("countByValueAndWindow", this, window, slide),
                Sugar.into("countByValueAndWindow", partitions));
    }

    /**
     * All records of the last {@code window} made one, every {@code slide}; no record if there were none. The function is associative
     * and commutative.
     */
    public final DStream<T> reduceByWindow(Function2<T, T, T> function, Duration window, Duration slide) {
        Objects.requireNonNull(function, "function of reduceByWindow");
        return Windows.reduce(this, Windows.span("reduceByWindow", this, window, slide), function, null);
    }

    /**
     * As the form without an inverse, but what leaves the window is taken out of the last result. Once there was a record, each
     * window gives one, whatever is left.
     *
     * @param inverse takes a value (the second) out of a merged one (the first)
     */
    public final DStream<T> reduceByWindow(
            Function2<T, T, T> function, Function2<T, T, T> inverse, Duration window, Duration slide) {
        Objects.requireNonNull(function, "function of reduceByWindow");
        Objects.requireNonNull(inverse, "inverse function of reduceByWindow");
        return Windows.reduce(this, Windows.span("reduceByWindow", this, window, slide), function, inverse);
    }

    /** One list per partition of a batch; an empty partition gives an empty list. */
    public final DStream<List<T>> glom() {
        return mapPartitions(new Sugar.Glom<T>());
    }

    /**
     * A function over whole partitions, called once for each, empty ones included. The iterator it gets is read while it
     * is read: a partition need not fit into memory. Its records are objects, whatever lane they came in.
     */
    public final <U> DStream<U> mapPartitions(FlatMapFunction<Iterator<T>, U> function) {
        return new DStream<>(context, partitionMap("mapPartitions", Shape.ROW, function));
    }

    /** A function over whole partitions that gives keyed records; otherwise as {@link #mapPartitions}. */
    public final <K, V> PairDStream<K, V> mapPartitionsToPair(PairFlatMapFunction<Iterator<T>, K, V> function) {
        return new PairDStream<>(context, partitionMap("mapPartitionsToPair", Shape.PAIR, function));
    }

    /**
     * A function over each batch's dataset, called once per batch on the job thread, before any output of the batch runs.
     * It may join the batch with other datasets. If it throws or gives null, the batch has no outputs.
     *
     * <p>It serves both kinds of result: what a lambda gives, an {@link RDD} or a {@link PairRDD}, decides at once whether
     * this is a {@code DStream} or a {@code PairDStream}. A function whose type does not tell (a variable of a wildcard
     * type, say) makes a {@code DStream}; say {@link #transformToPair} then.
     *
     * @param <X> the stream of the result
     * @param <D> the dataset that the function gives
     */
    public final <X, D extends RDDLike<X>> X transform(Function<R, D> function) {
        Objects.requireNonNull(function, "function of transform");
        boolean pairs = DeclaredTypes.givesPairs(function, Function.class);
        return Transforms.stream(this, pairs, (rdd, time) -> function.call(rdd));
    }

    /** As {@link #transform(Function)}, with the batch time. */
    public final <X, D extends RDDLike<X>> X transform(Function2<R, Time, D> function) {
        Objects.requireNonNull(function, "function of transform");
        return Transforms.stream(this, DeclaredTypes.givesPairs(function, Function2.class), function);
    }

    /** As {@link #transform(Function)}, for a function that is known to give a {@link PairRDD}. */
    public final <K, V> PairDStream<K, V> transformToPair(Function<R, PairRDD<K, V>> function) {
        Objects.requireNonNull(function, "function of transformToPair");
        return transformToPair((rdd, time) -> function.call(rdd));
    }

    /** As {@link #transformToPair(Function)}, with the batch time. */
    public final <K, V> PairDStream<K, V> transformToPair(Function2<R, Time, PairRDD<K, V>> function) {
        Objects.requireNonNull(function, "function of transformToPair");
        return Transforms.stream(this, true, function);
    }

    /** A function over this stream's and another's dataset of each batch; otherwise as {@link #transform}. */
    public final <U, W> DStream<W> transformWith(DStream<U> other, Function3<R, RDD<U>, Time, RDD<W>> function) {
        return Transforms.two("transformWith", this, other, false, function);
    }

    /** A function over this stream's and a keyed one's dataset of each batch. */
    public final <K2, V2, W> DStream<W> transformWith(
            PairDStream<K2, V2> other, Function3<R, PairRDD<K2, V2>, Time, RDD<W>> function) {
        return Transforms.two("transformWith", this, other, false, function);
    }

    /** A function over this stream's and another's dataset of each batch, with a keyed result. */
    public final <U, K2, V2> PairDStream<K2, V2> transformWithToPair(
            DStream<U> other, Function3<R, RDD<U>, Time, PairRDD<K2, V2>> function) {
        return Transforms.two("transformWithToPair", this, other, true, function);
    }

    /** A function over this stream's and a keyed one's dataset of each batch, with a keyed result. */
    public final <K2, V2, K3, V3> PairDStream<K3, V3> transformWithToPair(
            PairDStream<K2, V2> other, Function3<R, PairRDD<K2, V2>, Time, PairRDD<K3, V3>> function) {
        return Transforms.two("transformWithToPair", this, other, true, function);
    }

    /**
     * Keep each batch's rows after they were first computed, for as long as the batch lives: for a stream that several
     * outputs read. Results of keyed operators are shared without it.
     */
    public final S cache() {
        return persist();
    }

    /** The same as {@link #cache()}. */
    public final S persist() {
        return persist(StorageLevel.MEMORY_ONLY_SER);
    }

    /**
     * As {@link #cache()}; may be called again before the start, the last call counts.
     *
     * @param level all levels keep rows in memory, in columns; {@code NONE} keeps none
     * @throws UnsupportedOperationException after the context was started
     */
    public final S persist(StorageLevel level) {
        Objects.requireNonNull(level, "storage level");
        if (context.getState() != StreamingContextState.INITIALIZED) {
            throw new UnsupportedOperationException("the storage level of '" + id()
                    + "' cannot be changed after the context was started; call persist() before start()");
        }
        context.planBuilder().persist(id(), level);
        return self();
    }

    /**
     * How often this stream's data is to be written to the checkpoint directory. Accepted, as programs for Spark say it, and without
     * effect: this version has no checkpoints.
     *
     * @throws IllegalArgumentException if it is no multiple of {@link #slideDuration}
     * @throws UnsupportedOperationException after the context was started
     */
    public final S checkpoint(Duration interval) {
        if (context.getState() != StreamingContextState.INITIALIZED) {
            throw new UnsupportedOperationException("the checkpoint interval of '" + id()
                    + "' cannot be changed after the context was started; call checkpoint() before start()");
        }
        if (interval == null || interval.milliseconds() < 1 || !interval.isMultipleOf(slideDuration())) {
            throw new IllegalArgumentException("the checkpoint interval of '" + id() + "' is " + interval
                    + ", which is not a multiple of its slide time, " + slideDuration());
        }
        return self();
    }

    /**
     * The datasets of this stream in the batches between two times, both included and rounded down to batch times, as far as
     * they are still kept: the batch being run, and what {@code remember} keeps.
     *
     * @throws MillraceException if the context was not started yet
     * @throws IllegalArgumentException if no output reads this stream
     */
    @SuppressWarnings("unchecked") // the datasets of this stream are of its own kind
    public final List<R> slice(Time from, Time to) {
        Objects.requireNonNull(from, () -> "slice of '" + id() + "': the first time is null; give a batch time");
        Objects.requireNonNull(to, () -> "slice of '" + id() + "': the last time is null; give a batch time");
        return (List<R>) (List<?>) context.datasets(id(), isPairs(), from, to);
    }

    /** This stream's dataset of one batch, null if the batch is not kept (any more); otherwise as {@link #slice}. */
    public final R compute(Time time) {
        List<R> one = slice(time, time);
        return one.isEmpty() ? null : one.get(0);
    }

    /** Print the first ten records of each batch on standard output. */
    public final void print() {
        print(DEFAULT_PRINTED);
    }

    /**
     * Print the first records of each batch on standard output, under a header with the batch time; a line of three
     * dots tells that there were more.
     *
     * @param records how many, 0 or more; {@link Integer#MAX_VALUE} prints all
     */
    public final void print(int records) {
        output("print", new PrintSpec(records));
    }

    /**
     * Run a body on the job thread once per batch, empty batches included. It computes only what its actions ask for.
     */
    public final void foreachRDD(VoidFunction<R> body) {
        Objects.requireNonNull(body, "body of foreachRDD");
        foreachRDD((rdd, time) -> body.call(rdd));
    }

    /** Run a body on the job thread once per batch, with the batch time. */
    public final void foreachRDD(VoidFunction2<R, Time> body) {
        foreachRDD(OutputGate.PLANNED, body);
    }

    /**
     * Run a body on the job thread once per batch, with the batch time and what tells another system which batch at which output this is,
     * and whether it may have come before.
     */
    public final void foreachRDD(VoidFunction3<R, Time, Delivery> body) {
        output("foreachRDD", new ForeachRddSpec(body, OutputGate.PLANNED));
    }

    /**
     * Run a body on the job thread once per batch, with the batch time.
     *
     * @param gate what it waits for in a run with a checkpoint: {@code PLANNED}, as the other forms do, or {@code EAGER}
     * @throws IllegalArgumentException if it is {@code COMMITTED}
     */
    public final void foreachRDD(OutputGate gate, VoidFunction2<R, Time> body) {
        Objects.requireNonNull(body, "body of foreachRDD");
        output("foreachRDD", new ForeachRddSpec((R rdd, Time time, Delivery delivery) -> body.call(rdd, time), gate));
    }

    /** Run a body for each record of each batch, on the job thread, without building a list; partition order. */
    public final void foreachRecord(VoidFunction2<T, Time> body) {
        foreachRecord(OutputGate.PLANNED, body);
    }

    /** As {@link #foreachRecord(VoidFunction2)}, with the gate; see {@link #foreachRDD(OutputGate, VoidFunction2)}. */
    public final void foreachRecord(OutputGate gate, VoidFunction2<T, Time> body) {
        output("foreachRecord", new ForeachRecordSpec(body, gate));
    }

    /** Save each batch as a directory {@code prefix-ms} of text files; see {@link #saveAsTextFiles(String, String)}. */
    public final void saveAsTextFiles(String prefix) {
        saveAsTextFiles(prefix, "");
    }

    /**
     * Save each batch as a directory {@code prefix-ms.suffix} of text files, empty batches included: one file {@code
     * part-00000} and so on per partition, in UTF-8, {@link String#valueOf(Object)} of a record to a line, and an empty
     * file {@code _SUCCESS}. The directory gets its name when it is whole and, with a checkpoint, when the
     * batch is committed: once, however the process ends. A batch that is run again replaces it. A null record fails the output.
     *
     * @param prefix how the path begins; null or empty for the batch time alone
     * @param suffix what follows a dot at its end; null or empty for none
     */
    public final void saveAsTextFiles(String prefix, String suffix) {
        output("saveAsTextFiles", new TextFilesSinkSpec(prefix, suffix));
    }

    /** Save each batch as a directory {@code prefix-ms} of object files; see {@link #saveAsObjectFiles(String, String)}. */
    public final void saveAsObjectFiles(String prefix) {
        saveAsObjectFiles(prefix, "");
    }

    /**
     * Save each batch as a directory {@code prefix-ms.suffix} of object files, from which {@code objectFile} of a {@link
     * MillraceContext} reads the same records. Directory and files are as {@link #saveAsTextFiles(String, String)} has
     * them. Numbers, texts, bytes and pairs of them need nothing; a class of the program's own has to be registered by
     * {@link MillraceConf#registerKryoClasses}, and the output fails at the first record of one that is not.
     *
     * @param prefix how the path begins; null or empty for the batch time alone
     * @param suffix what follows a dot at its end; null or empty for none
     */
    public final void saveAsObjectFiles(String prefix, String suffix) {
        output("saveAsObjectFiles", new ObjectFilesSinkSpec(prefix, suffix));
    }

    final OperatorId rowMap(String kind, Shape shape, Serializable function) {
        Objects.requireNonNull(function, () -> "function of " + kind);
        return context.add(kind, node -> new PlanNode.RowMap(node, id(), shape, function));
    }

    final OperatorId rowFlatMap(String kind, Shape shape, Serializable function) {
        Objects.requireNonNull(function, () -> "function of " + kind);
        return context.add(kind, node -> new PlanNode.RowFlatMap(node, id(), shape, function));
    }

    private OperatorId partitionMap(String kind, Shape shape, Serializable function) {
        Objects.requireNonNull(function, () -> "function of " + kind);
        return context.add(kind, node -> new PlanNode.PartitionMap(node, id(), shape, function));
    }

    final OperatorId rowFilter(Serializable function) {
        Objects.requireNonNull(function, "function of filter");
        return context.add("filter", node -> new PlanNode.RowFilter(node, id(), function));
    }

    final OperatorId unionWith(DStreamLike<T, ?, ?> other) {
        checkSameContext("union", other);
        return context.add("union", node -> new PlanNode.Union(node, List.of(id(), other.id())));
    }

    final OperatorId repartitioned(int partitions) {
        if (partitions < 1 || partitions > Settings.MAX_PARTITIONS) {
            throw new IllegalArgumentException("repartition of '" + id() + "' into " + partitions
                    + " partitions; give 1 to " + Settings.MAX_PARTITIONS);
        }
        return context.add("repartition", node -> new PlanNode.Repartition(node, id(), partitions));
    }

    /** @param method whom messages name */
    final OperatorId windowed(String method, Duration window, Duration slide) {
        WindowSpan span = Windows.span(method, this, window, slide);
        return context.add("window", node -> new PlanNode.Window(node, id(), span));
    }

    /** As one of two inputs: the same context, and a dataset as often. */
    final void checkSameContext(String operator, DStreamLike<?, ?, ?> other) {
        Objects.requireNonNull(
                other, () -> operator + " of '" + id() + "' with null; give another stream of the same context");
        if (other.context != context) {
            throw new IllegalArgumentException(operator + " of '" + id() + "' with '" + other.id()
                    + "': the streams have different contexts; make both in one StreamingContext");
        }
        checkSameSlide(operator, other);
    }

    final void checkSameSlide(String operator, DStreamLike<?, ?, ?> other) {
        if (!slideDuration().equals(other.slideDuration())) {
            throw new IllegalArgumentException(operator + " of '" + id() + "', which slides every " + slideDuration()
                    + ", with '" + other.id() + "', which slides every " + other.slideDuration()
                    + ": the streams have different slide durations; give both windows the same slide");
        }
    }

    private void output(String kind, SinkSpec sink) {
        context.add(kind, node -> new PlanNode.Output(node, id(), isPairs(), sink));
    }
}
