package io.millrace.api;

import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import io.millrace.api.function.PairFlatMapFunction;
import io.millrace.api.function.PairFunction;
import io.millrace.api.function.VoidFunction;
import io.millrace.api.function.VoidFunction2;
import io.millrace.conf.Settings;
import io.millrace.plan.Aggregator;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Shape;
import io.millrace.plan.sink.ForeachRddSpec;
import io.millrace.plan.sink.ForeachRecordSpec;
import io.millrace.plan.sink.ObjectFilesSinkSpec;
import io.millrace.plan.sink.PrintSpec;
import io.millrace.plan.sink.SinkSpec;
import io.millrace.plan.sink.TextFilesSinkSpec;
import java.io.Serializable;
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
    private OperatorId id;

    DStreamLike(StreamingContext context, OperatorId id) {
        this.context = Objects.requireNonNull(context, "context");
        this.id = Objects.requireNonNull(id, "operator id");
    }

    abstract S self();

    abstract boolean isPairs();

    /** The context this stream was made in. */
    public final StreamingContext context() {
        return context;
    }

    /** The name of this stream's operator in the plan. */
    public final OperatorId id() {
        return id;
    }

    /**
     * Give this stream's operator a lasting name, to which state binds across code changes.
     *
     * @throws PlanException if the name is taken, or another operator reads this stream already
     */
    public final S named(String name) {
        context.checkDefining("a name");
        id = context.planBuilder().rename(id, name);
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
                context, context.add("count", node -> new PlanNode.Fold(node, id, new Aggregator.Count())));
    }

    /** How often each distinct record occurs in the batch; order is unspecified. */
    public final PairDStream<T, Long> countByValue() {
        return countByValue(0);
    }

    /**
     * How often each distinct record occurs in the batch.
     *
     * @param partitions of the result; 0 for the default
     * @throws IllegalArgumentException if {@code partitions} is negative or above {@link Settings#MAX_PARTITIONS}
     */
    public final PairDStream<T, Long> countByValue(int partitions) {
        return Sugar.countByValue(this, partitions);
    }

    /** All records of a batch made one by an associative and commutative function; an empty batch gives no record. */
    public final DStream<T> reduce(Function2<T, T, T> function) {
        Objects.requireNonNull(function, "function of reduce");
        return new DStream<>(
                context, context.add("reduce", node -> new PlanNode.Fold(node, id, new Aggregator.Reduce(function))));
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
        output("foreachRDD", new ForeachRddSpec(body));
    }

    /** Run a body for each record of each batch, on the job thread, without building a list; partition order. */
    public final void foreachRecord(VoidFunction2<T, Time> body) {
        output("foreachRecord", new ForeachRecordSpec(body));
    }

    /** Save each batch as a directory {@code prefix-ms} of text files; see {@link #saveAsTextFiles(String, String)}. */
    public final void saveAsTextFiles(String prefix) {
        saveAsTextFiles(prefix, "");
    }

    /**
     * Save each batch as a directory {@code prefix-ms.suffix} of text files, empty batches included: one file {@code
     * part-00000} and so on per partition, in UTF-8, {@link String#valueOf(Object)} of a record to a line, and an empty
     * file {@code _SUCCESS}. The directory gets its name when it is whole; a batch that is run again replaces it. A null
     * record fails the output.
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
        return context.add(kind, node -> new PlanNode.RowMap(node, id, shape, function));
    }

    final OperatorId rowFlatMap(String kind, Shape shape, Serializable function) {
        Objects.requireNonNull(function, () -> "function of " + kind);
        return context.add(kind, node -> new PlanNode.RowFlatMap(node, id, shape, function));
    }

    final OperatorId rowFilter(Serializable function) {
        Objects.requireNonNull(function, "function of filter");
        return context.add("filter", node -> new PlanNode.RowFilter(node, id, function));
    }

    final OperatorId unionWith(DStreamLike<T, ?, ?> other) {
        if (other.context != context) {
            throw new IllegalArgumentException("union of '" + id + "' with '" + other.id
                    + "': the streams have different contexts; make both in one StreamingContext");
        }
        return context.add("union", node -> new PlanNode.Union(node, List.of(id, other.id)));
    }

    private void output(String kind, SinkSpec sink) {
        context.add(kind, node -> new PlanNode.Output(node, id, isPairs(), sink));
    }
}
