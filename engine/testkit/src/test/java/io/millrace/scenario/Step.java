package io.millrace.scenario;

import static io.millrace.scenario.Erased.any;
import static io.millrace.scenario.Erased.keyed;
import static io.millrace.scenario.Erased.plain;

import io.millrace.api.DStreamLike;
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

    /** This step and then another, as one. */
    Step then(Step next) {
        return new Step(
                text + " . " + next.text,
                inOrder && next.inOrder,
                stream -> next.onStream.apply(onStream.apply(stream)),
                records -> next.onList.apply(onList.apply(records)));
    }

    static <A, B> Step map(String text, Function<A, B> function) {
        Function<Object, Object> f = Erased.function(function);
        return new Step("map(" + text + ")", true, stream -> any(stream).map(f), records -> {
            List<Object> out = new ArrayList<>();
            for (Object record : records) {
                out.add(f.call(record));
            }
            return out;
        });
    }

    static <A, K, V> Step mapToPair(String text, PairFunction<A, K, V> function) {
        PairFunction<Object, Object, Object> f = Erased.function(function);
        return new Step("mapToPair(" + text + ")", true, stream -> any(stream).mapToPair(f), records -> {
            List<Object> out = new ArrayList<>();
            for (Object record : records) {
                out.add(f.call(record));
            }
            return out;
        });
    }

    static <A> Step filter(String text, boolean pairs, Function<A, Boolean> function) {
        Function<Object, Boolean> f = Erased.function(function);
        Function<Tuple2<Object, Object>, Boolean> ofPairs = Erased.function(function);
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
        FlatMapFunction<Object, Object> f = Erased.function(function);
        return new Step("flatMap(" + text + ")", true, stream -> any(stream).flatMap(f), records -> {
            List<Object> out = new ArrayList<>();
            for (Object record : records) {
                f.call(record).forEachRemaining(out::add);
            }
            return out;
        });
    }

    static <A, K, V> Step flatMapToPair(String text, PairFlatMapFunction<A, K, V> function) {
        PairFlatMapFunction<Object, Object, Object> f = Erased.function(function);
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

    static <V> Step reduce(String text, Function2<V, V, V> function) {
        Function2<Object, Object, Object> f = Erased.function(function);
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

    static Step countByValue(Into into) {
        return new Step(
                "countByValue(" + into + ")",
                false,
                stream -> into.way() == Into.Way.DEFAULT
                        ? any(stream).countByValue()
                        : any(stream).countByValue(into.partitions()),
                records -> {
                    Map<Object, Long> counts = new LinkedHashMap<>();
                    records.forEach(record -> counts.merge(record, 1L, Long::sum));
                    List<Object> out = new ArrayList<>();
                    counts.forEach((value, times) -> out.add(new Tuple2<>(value, times)));
                    return out;
                });
    }
}
