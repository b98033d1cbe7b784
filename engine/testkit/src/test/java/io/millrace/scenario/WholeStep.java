package io.millrace.scenario;

import static io.millrace.scenario.Erased.any;
import static io.millrace.scenario.Erased.keyed;
import static io.millrace.scenario.Erased.plain;

import io.millrace.api.PairDStream;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.PairFlatMapFunction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The steps over whole streams, batches and partitions; what they give does not depend on how records lie in partitions. */
final class WholeStep {
    private WholeStep() {}

    /** The stream beside what another step makes of it. */
    static Step unionWith(boolean pairs, Step other) {
        return new Step(
                "union(" + other.text() + ")",
                other.inOrder(),
                stream -> pairs
                        ? keyed(stream).union(keyed(other.onStream().apply(stream)))
                        : plain(stream).union(plain(other.onStream().apply(stream))),
                records -> together(records, other.onList().apply(records)));
    }

    /** The stream beside itself and what another step makes of it. */
    static Step unionOfThree(boolean pairs, Step other) {
        return new Step(
                "union(this, this, " + other.text() + ")",
                other.inOrder(),
                stream -> pairs
                        ? stream.context()
                                .union(
                                        keyed(stream),
                                        List.of(
                                                keyed(stream),
                                                keyed(other.onStream().apply(stream))))
                        : stream.context()
                                .union(
                                        plain(stream),
                                        plain(stream),
                                        plain(other.onStream().apply(stream))),
                records -> together(together(records, records), other.onList().apply(records)));
    }

    private static List<Object> together(List<Object> first, List<Object> second) {
        List<Object> out = new ArrayList<>(first);
        out.addAll(second);
        return out;
    }

    /** Records that go one by one through the iterators of their partitions. */
    static Step mapPartitions() {
        FlatMapFunction<Iterator<Object>, Object> f = records ->
                lazily(records).filter(Values::some).<Object>map(Values::asText).iterator();
        return new Step(
                "mapPartitions(some, as text)",
                true,
                stream -> any(stream).mapPartitions(f),
                records -> collected(f.call(records.iterator())));
    }

    /** The same with keyed results. */
    static Step mapPartitionsToPair() {
        PairFlatMapFunction<Iterator<Object>, Object, Object> f =
                records -> lazily(records).map(Values::keyedByLength).iterator();
        return new Step(
                "mapPartitionsToPair(length)",
                true,
                stream -> any(stream).mapPartitionsToPair(f),
                records -> collected(f.call(records.iterator())));
    }

    private static Stream<Object> lazily(Iterator<Object> records) {
        Iterable<Object> once = () -> records;
        return StreamSupport.stream(once.spliterator(), false);
    }

    private static List<Object> collected(Iterator<?> results) {
        List<Object> out = new ArrayList<>();
        results.forEachRemaining(out::add);
        return out;
    }

    /** Partitions as lists, and back to records. */
    static Step glom() {
        return new Step(
                "glom() . flatMap(itself)", true, stream -> any(stream).glom().flatMap(List::iterator), ArrayList::new);
    }

    /** The size of the batch by those of its partitions; nothing for an empty batch. */
    static Step glomToSize() {
        return new Step(
                "glom() . map(size) . filter(> 0) . reduce(+)",
                true,
                stream -> any(stream)
                        .glom()
                        .map(List::size)
                        .filter(size -> size > 0)
                        .reduce(Integer::sum),
                records -> records.isEmpty() ? new ArrayList<>() : new ArrayList<>(List.of(records.size())));
    }

    static Step repartition(boolean pairs, int partitions) {
        return new Step(
                "repartition(" + partitions + ")",
                false,
                stream -> pairs
                        ? keyed(stream).repartition(partitions)
                        : plain(stream).repartition(partitions),
                ArrayList::new);
    }

    static Step cache() {
        return new Step("cache()", true, stream -> stream.cache(), ArrayList::new);
    }

    /** To a plain stream of tuples and back. */
    static Step thereAndBack() {
        return new Step(
                "toJavaDStream() . fromJavaDStream()",
                true,
                stream -> PairDStream.fromJavaDStream(keyed(stream).toJavaDStream()),
                ArrayList::new);
    }

    /** To a plain stream of tuples that are objects, and to a keyed one. */
    static Step tuples() {
        return new Step(
                "map(tuple) . fromJavaDStream()",
                true,
                stream -> PairDStream.fromJavaDStream(any(stream).map(Values::keyedByLength)),
                records -> new ArrayList<>(
                        records.stream().map(Values::keyedByLength).toList()));
    }

    static Step count() {
        return new Step(
                "count()",
                true,
                stream -> any(stream).count(),
                records -> new ArrayList<>(List.of((long) records.size())));
    }
}
