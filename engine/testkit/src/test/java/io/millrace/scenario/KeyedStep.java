package io.millrace.scenario;

import static io.millrace.scenario.Erased.keyed;
import static io.millrace.scenario.Erased.pair;

import io.millrace.api.Tuple2;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function2;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The steps that only keyed streams have. */
final class KeyedStep {
    private KeyedStep() {}

    static <A, B> Step mapValues(String text, Function<A, B> function) {
        Function<Object, Object> f = Erased.function(function);
        return new Step("mapValues(" + text + ")", true, stream -> keyed(stream).mapValues(f), records -> {
            List<Object> out = new ArrayList<>();
            for (Object record : records) {
                out.add(new Tuple2<>(pair(record)._1, f.call(pair(record)._2)));
            }
            return out;
        });
    }

    static <A, B> Step flatMapValues(String text, FlatMapFunction<A, B> function) {
        FlatMapFunction<Object, Object> f = Erased.function(function);
        return new Step(
                "flatMapValues(" + text + ")", true, stream -> keyed(stream).flatMapValues(f), records -> {
                    List<Object> out = new ArrayList<>();
                    for (Object record : records) {
                        f.call(pair(record)._2)
                                .forEachRemaining(value -> out.add(new Tuple2<>(pair(record)._1, value)));
                    }
                    return out;
                });
    }

    static <V> Step reduceByKey(String text, Function2<V, V, V> function, Into into) {
        Function2<Object, Object, Object> f = Erased.function(function);
        return new Step(
                "reduceByKey(" + text + into + ")",
                false,
                stream -> into.call(
                        () -> keyed(stream).reduceByKey(f),
                        partitions -> keyed(stream).reduceByKey(f, partitions),
                        partitioner -> keyed(stream).reduceByKey(f, partitioner)),
                records -> perKey(records, values -> {
                    Object reduced = values.get(0);
                    for (Object value : values.subList(1, values.size())) {
                        reduced = f.call(reduced, value);
                    }
                    return reduced;
                }));
    }

    /** The groups come as lists in an order that does not depend on the values'. */
    static Step groupByKey(Into into) {
        return new Step(
                "groupByKey(" + into + ") . mapValues(sorted)",
                false,
                stream -> into.call(
                                () -> keyed(stream).groupByKey(),
                                partitions -> keyed(stream).groupByKey(partitions),
                                partitioner -> keyed(stream).groupByKey(partitioner))
                        .mapValues(Values::sorted),
                records -> perKey(records, Values::sorted));
    }

    /** A combiner that is a list, changed in place; it comes sorted. */
    static Step combineByKey(Into into, boolean mapSide) {
        Function<Object, List<Object>> create = value -> {
            List<Object> list = new ArrayList<>();
            list.add(value);
            return list;
        };
        Function2<List<Object>, Object, List<Object>> add = (list, value) -> {
            list.add(value);
            return list;
        };
        Function2<List<Object>, List<Object>, List<Object>> merge = (list, other) -> {
            list.addAll(other);
            return list;
        };
        return new Step(
                "combineByKey(lists" + into + (mapSide ? "" : ", gathered") + ") . mapValues(sorted)",
                false,
                stream -> (into.way() == Into.Way.DEFAULT && mapSide
                                ? keyed(stream).combineByKey(create, add, merge)
                                : keyed(stream).combineByKey(create, add, merge, into.partitioner(), mapSide))
                        .mapValues(Values::sorted),
                records -> perKey(records, Values::sorted));
    }

    /** How many values a key has, as a combiner of another class than they are. */
    static Step combineToCounts(Into into) {
        return new Step(
                "combineByKey(count" + into + ")",
                false,
                stream -> keyed(stream)
                        .<Integer>combineByKey(value -> 1, (n, value) -> n + 1, Integer::sum, into.partitioner()),
                records -> perKey(records, List::size));
    }

    private static List<Object> perKey(List<Object> records, Function<List<Object>, Object> function) throws Exception {
        List<Object> out = new ArrayList<>();
        for (Map.Entry<Object, List<Object>> group : groups(records).entrySet()) {
            out.add(new Tuple2<>(group.getKey(), function.call(group.getValue())));
        }
        return out;
    }

    /** The values of each key, in the order in which they come. */
    static Map<Object, List<Object>> groups(List<Object> records) {
        Map<Object, List<Object>> groups = new LinkedHashMap<>();
        records.forEach(record -> groups.computeIfAbsent(pair(record)._1, key -> new ArrayList<>())
                .add(pair(record)._2));
        return groups;
    }
}
