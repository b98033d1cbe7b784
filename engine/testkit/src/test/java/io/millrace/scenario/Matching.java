package io.millrace.scenario;

import static io.millrace.scenario.Erased.keyed;

import io.millrace.api.PairDStream;
import io.millrace.api.Tuple2;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The steps that bring two keyed streams together: the stream, and what another step makes of it. */
enum Matching {
    COGROUP {
        @Override
        PairDStream<?, ?> on(PairDStream<Object, Object> left, PairDStream<Object, Object> right, Into into) {
            return into.call(
                            () -> left.cogroup(right),
                            partitions -> left.cogroup(right, partitions),
                            partitioner -> left.cogroup(right, partitioner))
                    .mapValues(both -> new Tuple2<>(Values.sorted(both._1), Values.sorted(both._2)));
        }

        @Override
        List<Object> values(List<Object> left, List<Object> right) {
            return List.of(new Tuple2<>(Values.sorted(left), Values.sorted(right)));
        }
    },
    JOIN {
        @Override
        PairDStream<?, ?> on(PairDStream<Object, Object> left, PairDStream<Object, Object> right, Into into) {
            return into.call(
                    () -> left.join(right),
                    partitions -> left.join(right, partitions),
                    partitioner -> left.join(right, partitioner));
        }

        @Override
        List<Object> values(List<Object> left, List<Object> right) {
            return product(left, right);
        }
    },
    LEFT_OUTER_JOIN {
        @Override
        PairDStream<?, ?> on(PairDStream<Object, Object> left, PairDStream<Object, Object> right, Into into) {
            return into.call(
                    () -> left.leftOuterJoin(right),
                    partitions -> left.leftOuterJoin(right, partitions),
                    partitioner -> left.leftOuterJoin(right, partitioner));
        }

        @Override
        List<Object> values(List<Object> left, List<Object> right) {
            return product(left, optional(right));
        }
    },
    RIGHT_OUTER_JOIN {
        @Override
        PairDStream<?, ?> on(PairDStream<Object, Object> left, PairDStream<Object, Object> right, Into into) {
            return into.call(
                    () -> left.rightOuterJoin(right),
                    partitions -> left.rightOuterJoin(right, partitions),
                    partitioner -> left.rightOuterJoin(right, partitioner));
        }

        @Override
        List<Object> values(List<Object> left, List<Object> right) {
            return product(optional(left), right);
        }
    },
    FULL_OUTER_JOIN {
        @Override
        PairDStream<?, ?> on(PairDStream<Object, Object> left, PairDStream<Object, Object> right, Into into) {
            return into.call(
                    () -> left.fullOuterJoin(right),
                    partitions -> left.fullOuterJoin(right, partitions),
                    partitioner -> left.fullOuterJoin(right, partitioner));
        }

        @Override
        List<Object> values(List<Object> left, List<Object> right) {
            return product(optional(left), optional(right));
        }
    };

    abstract PairDStream<?, ?> on(PairDStream<Object, Object> left, PairDStream<Object, Object> right, Into into);

    /** What a key with these values becomes. */
    abstract List<Object> values(List<Object> left, List<Object> right);

    /** The stream matched with what {@code other} makes of it, or the other way round. */
    Step with(Step other, boolean turned, Into into) {
        return new Step(
                name().toLowerCase(Locale.ROOT) + (turned ? "(turned: " : "(") + other.text() + into + ")",
                false,
                stream -> {
                    PairDStream<Object, Object> made = keyed(other.onStream().apply(stream));
                    return turned ? on(made, keyed(stream), into) : on(keyed(stream), made, into);
                },
                records -> {
                    List<Object> made = other.onList().apply(records);
                    return turned ? matched(made, records) : matched(records, made);
                });
    }

    private List<Object> matched(List<Object> left, List<Object> right) {
        Map<Object, List<Object>> lefts = KeyedStep.groups(left);
        Map<Object, List<Object>> rights = KeyedStep.groups(right);
        Set<Object> keys = new LinkedHashSet<>(lefts.keySet());
        keys.addAll(rights.keySet());
        List<Object> out = new ArrayList<>();
        for (Object key : keys) {
            values(lefts.getOrDefault(key, List.of()), rights.getOrDefault(key, List.of()))
                    .forEach(value -> out.add(new Tuple2<>(key, value)));
        }
        return out;
    }

    private static List<Object> product(List<Object> left, List<Object> right) {
        List<Object> out = new ArrayList<>();
        left.forEach(one -> right.forEach(other -> out.add(new Tuple2<>(one, other))));
        return out;
    }

    private static List<Object> optional(List<Object> values) {
        if (values.isEmpty()) {
            return List.of(Optional.empty());
        }
        List<Object> optional = new ArrayList<>();
        values.forEach(value -> optional.add(Optional.ofNullable(value)));
        return optional;
    }
}
