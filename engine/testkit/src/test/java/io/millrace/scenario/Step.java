package io.millrace.scenario;

import io.millrace.api.DStream;
import io.millrace.api.DStreamLike;
import io.millrace.api.PairDStream;
import io.millrace.api.Tuple2;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import io.millrace.api.function.PairFlatMapFunction;
import io.millrace.api.function.PairFunction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One operator of a random program, twice: on a stream, and on a list in the plainest way there is.
 *
 * @param text for messages
 * @param inOrder whether the order of what comes out is promised, if that of what goes in is
 */
record Step(String text, boolean inOrder, OnStream onStream, OnList onList) {
    /** The operator as the program under test uses it. */
    interface OnStream {
        DStreamLike<?, ?, ?> apply(DStreamLike<?, ?, ?> stream);
    }

    /** What it means. */
    interface OnList {
        List<Object> apply(List<Object> records) throws Exception;
    }

    @SuppressWarnings("unchecked") // a random program knows which type stands where
    private static DStream<Object> plain(DStreamLike<?, ?, ?> stream) {
        return (DStream<Object>) stream;
    }

    @SuppressWarnings("unchecked")
    private static PairDStream<Object, Object> keyed(DStreamLike<?, ?, ?> stream) {
        return (PairDStream<Object, Object>) stream;
    }

    @SuppressWarnings("unchecked")
    private static DStreamLike<Object, ?, ?> any(DStreamLike<?, ?, ?> stream) {
        return (DStreamLike<Object, ?, ?>) stream;
    }

    @SuppressWarnings("unchecked")
    private static Tuple2<Object, Object> pair(Object record) {
        return (Tuple2<Object, Object>) record;
    }

    @SuppressWarnings("unchecked")
    private static <F> F erased(Object function) {
        return (F) function;
    }

    static <A, B> Step map(String text, Function<A, B> function) {
        Function<Object, Object> f = erased(function);
        return new Step("map(" + text + ")", true, stream -> any(stream).map(f), records -> {
            List<Object> out = new ArrayList<>();
            for (Object record : records) {
                out.add(f.call(record));
            }
            return out;
        });
    }

    static <A, K, V> Step mapToPair(String text, PairFunction<A, K, V> function) {
        PairFunction<Object, Object, Object> f = erased(function);
        return new Step("mapToPair(" + text + ")", true, stream -> any(stream).mapToPair(f), records -> {
            List<Object> out = new ArrayList<>();
            for (Object record : records) {
                out.add(f.call(record));
            }
            return out;
        });
    }

    static <A> Step filter(String text, boolean pairs, Function<A, Boolean> function) {
        Function<Object, Boolean> f = erased(function);
        Function<Tuple2<Object, Object>, Boolean> ofPairs = erased(function);
        return new Step(
                "filter(" + text + ")",
                true,
                stream -> pairs ? keyed(stream).filter(ofPairs) : plain(stream).filter(f),
                records -> {
                    List<Object> out = new ArrayList<>();
                    for (Object record : records) {
                        if (f.call(record)) {
                            out.add(record);
                        }
                    }
                    return out;
                });
    }

    static <A, B> Step flatMap(String text, FlatMapFunction<A, B> function) {
        FlatMapFunction<Object, Object> f = erased(function);
        return new Step("flatMap(" + text + ")", true, stream -> any(stream).flatMap(f), records -> {
            List<Object> out = new ArrayList<>();
            for (Object record : records) {
                f.call(record).forEachRemaining(out::add);
            }
            return out;
        });
    }

    static <A, K, V> Step flatMapToPair(String text, PairFlatMapFunction<A, K, V> function) {
        PairFlatMapFunction<Object, Object, Object> f = erased(function);
        return new Step(
                "flatMapToPair(" + text + ")", true, stream -> any(stream).flatMapToPair(f), records -> {
                    List<Object> out = new ArrayList<>();
                    for (Object record : records) {
                        for (Iterator<Tuple2<Object, Object>> pairs = f.call(record); pairs.hasNext(); ) {
                            out.add(pairs.next());
                        }
                    }
                    return out;
                });
    }

    static <A, B> Step mapValues(String text, Function<A, B> function) {
        Function<Object, Object> f = erased(function);
        return new Step("mapValues(" + text + ")", true, stream -> keyed(stream).mapValues(f), records -> {
            List<Object> out = new ArrayList<>();
            for (Object record : records) {
                out.add(new Tuple2<>(pair(record)._1, f.call(pair(record)._2)));
            }
            return out;
        });
    }

    static <V> Step reduceByKey(String text, Function2<V, V, V> function) {
        Function2<Object, Object, Object> f = erased(function);
        return new Step(
                "reduceByKey(" + text + ")", false, stream -> keyed(stream).reduceByKey(f), records -> {
                    Map<Object, Object> reduced = new LinkedHashMap<>();
                    for (Object record : records) {
                        Object key = pair(record)._1;
                        Object value = pair(record)._2;
                        reduced.put(key, reduced.containsKey(key) ? f.call(reduced.get(key), value) : value);
                    }
                    List<Object> out = new ArrayList<>();
                    reduced.forEach((key, value) -> out.add(new Tuple2<>(key, value)));
                    return out;
                });
    }

    static <V> Step reduce(String text, Function2<V, V, V> function) {
        Function2<Object, Object, Object> f = erased(function);
        return new Step("reduce(" + text + ")", true, stream -> any(stream).reduce(f), records -> {
            List<Object> out = new ArrayList<>();
            for (Object record : records) {
                if (out.isEmpty()) {
                    out.add(record);
                } else {
                    out.set(0, f.call(out.get(0), record));
                }
            }
            return out;
        });
    }

    static Step count() {
        return new Step(
                "count()",
                true,
                stream -> any(stream).count(),
                records -> new ArrayList<>(List.of((long) records.size())));
    }

    static Step countByValue() {
        return new Step("countByValue()", false, stream -> any(stream).countByValue(), records -> {
            Map<Object, Long> counts = new LinkedHashMap<>();
            records.forEach(record -> counts.merge(record, 1L, Long::sum));
            List<Object> out = new ArrayList<>();
            counts.forEach((value, times) -> out.add(new Tuple2<>(value, times)));
            return out;
        });
    }

    /** The stream beside what another step makes of it. */
    static Step unionWith(boolean pairs, Step other) {
        return new Step(
                "union(" + other.text() + ")",
                other.inOrder(),
                stream -> pairs
                        ? keyed(stream).union(keyed(other.onStream().apply(stream)))
                        : plain(stream).union(plain(other.onStream().apply(stream))),
                records -> {
                    List<Object> out = new ArrayList<>(records);
                    out.addAll(other.onList().apply(records));
                    return out;
                });
    }
}
