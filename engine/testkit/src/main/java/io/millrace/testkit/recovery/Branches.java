package io.millrace.testkit.recovery;

import io.millrace.api.Duration;
import io.millrace.api.HashPartitioner;
import io.millrace.api.PairDStream;
import io.millrace.api.State;
import io.millrace.api.StateSpec;
import io.millrace.api.Time;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Reducers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.random.RandomGenerator;

/** Random operators that remember, each with a second implementation that looks at all batches so far. */
final class Branches {
    private final RandomGenerator random;
    private final long batchMs;
    private final Keys keys;

    Branches(RandomGenerator random, long batchMs, Keys keys) {
        this.random = random;
        this.batchMs = batchMs;
        this.keys = keys;
    }

    Branch any() {
        return switch (random.nextInt(9)) {
            case 0 -> runningSum();
            case 1 -> runningSumFrom(initial());
            case 2 -> calledUpdate();
            case 3 -> textUpdate();
            case 4 -> mapped();
            case 5 -> runningMapping();
            case 6 -> reducedWindow(1 + random.nextInt(8), slide());
            case 7 -> plainWindow(1 + random.nextInt(6), slide());
            default -> everyBatch().union(everyBatch());
        };
    }

    private Branch everyBatch() {
        return switch (random.nextInt(5)) {
            case 0 -> runningSum();
            case 1 -> calledUpdate();
            case 2 -> mapped();
            case 3 -> reducedWindow(1 + random.nextInt(8), 1);
            default -> plainWindow(1 + random.nextInt(4), 1);
        };
    }

    private int slide() {
        return random.nextBoolean() ? 1 : 1 + random.nextInt(4);
    }

    private Duration batches(int count) {
        return new Duration(count * batchMs);
    }

    private Map<Integer, Integer> initial() {
        Map<Integer, Integer> states = new TreeMap<>();
        boolean isLarge = random.nextInt(64) == 0; // a snapshot writes a partition of them in several slices
        for (int key = isLarge ? 900 : random.nextInt(6); key >= 0; key--) {
            states.put(isLarge ? key : random.nextInt(30), random.nextInt(100));
        }
        return states;
    }

    private List<Tuple2<Object, Integer>> pairs(Map<Integer, Integer> states) {
        List<Tuple2<Object, Integer>> pairs = new ArrayList<>();
        states.forEach((key, state) -> pairs.add(new Tuple2<>(keys.of(key), state)));
        return pairs;
    }

    private static String textOf(Map<Integer, Integer> initial) {
        return initial.size() > 100 ? initial.size() + " keys" : initial.toString();
    }

    private static String text(Tuple2<?, ?> pair) {
        return pair._1 + "=" + pair._2;
    }

    private List<String> texts(Map<Integer, ?> states) {
        List<String> texts = new ArrayList<>();
        states.forEach((key, state) -> texts.add(keys.of(key) + "=" + state));
        texts.sort(null);
        return texts;
    }

    private static Map<Integer, Integer> sums(List<Row> rows) {
        Map<Integer, Integer> sums = new TreeMap<>();
        rows.forEach(row -> sums.merge(row.key(), row.value(), Integer::sum));
        return sums;
    }

    /** What is told of a batch that was run. */
    private interface Step {
        void run(int batch, List<Row> rows);
    }

    private static int firstRun(List<List<Row>> batches) {
        int batch = 1;
        while (batches.get(batch - 1) == null) {
            batch++;
        }
        return batch;
    }

    private static void forEachRun(List<List<Row>> batches, Step step) {
        for (int batch = 1; batch <= batches.size(); batch++) {
            if (batches.get(batch - 1) != null) {
                step.run(batch, batches.get(batch - 1));
            }
        }
    }

    private Branch runningSum() {
        return new Branch(
                "running sum",
                1,
                (context, pairs) -> pairs.updateStateByKey(Reducers.running(Reducers.sumInt()))
                        .toJavaDStream()
                        .map(Branches::text),
                batches -> running(Map.of(), batches));
    }

    private Branch runningSumFrom(Map<Integer, Integer> initial) {
        return new Branch(
                "running sum from " + textOf(initial),
                1,
                (context, pairs) -> pairs.<Integer>updateStateByKey(
                                Reducers.running(Reducers.sumInt()),
                                new HashPartitioner(3),
                                context.sparkContext().parallelizePairs(pairs(initial)))
                        .toJavaDStream()
                        .map(Branches::text),
                batches -> running(initial, batches));
    }

    private Map<Integer, List<String>> running(Map<Integer, Integer> initial, List<List<Row>> batches) {
        Map<Integer, Integer> held = new TreeMap<>(initial);
        Map<Integer, List<String>> out = new TreeMap<>();
        forEachRun(batches, (batch, rows) -> {
            sums(rows).forEach((key, sum) -> held.merge(key, sum, Integer::sum));
            out.put(batch, texts(held));
        });
        return out;
    }

    /** Each key counts its batches as well, and is forgotten at every multiple of five. */
    private Branch calledUpdate() {
        Function2<List<Integer>, Optional<Integer>, Optional<Integer>> function = (values, state) -> {
            int next = state.orElse(0) + 1;
            for (int value : values) {
                next += value;
            }
            return next % 5 == 0 ? Optional.empty() : Optional.of(next);
        };
        return new Branch(
                "called update",
                1,
                (context, pairs) ->
                        pairs.updateStateByKey(function).toJavaDStream().map(Branches::text),
                batches -> {
                    Map<Integer, Integer> held = new TreeMap<>();
                    Map<Integer, List<String>> out = new TreeMap<>();
                    forEachRun(batches, (batch, rows) -> {
                        Map<Integer, Integer> sums = sums(rows);
                        held.keySet().forEach(key -> sums.putIfAbsent(key, 0));
                        sums.forEach((key, sum) -> {
                            int next = held.getOrDefault(key, 0) + 1 + sum;
                            if (next % 5 == 0) {
                                held.remove(key);
                            } else {
                                held.put(key, next);
                            }
                        });
                        out.put(batch, texts(held));
                    });
                    return out;
                });
    }

    /** The sums of a key's last few batches with data, as a text. */
    private Branch textUpdate() {
        Function2<List<Integer>, Optional<String>, Optional<String>> function = (values, state) ->
                Optional.of(values.isEmpty() ? state.orElse("") : appended(state.orElse(""), sum(values)));
        return new Branch(
                "text update",
                1,
                (context, pairs) ->
                        pairs.updateStateByKey(function).toJavaDStream().map(Branches::text),
                batches -> {
                    Map<Integer, String> held = new TreeMap<>();
                    Map<Integer, List<String>> out = new TreeMap<>();
                    forEachRun(batches, (batch, rows) -> {
                        sums(rows).forEach((key, sum) -> held.put(key, appended(held.getOrDefault(key, ""), sum)));
                        out.put(batch, texts(held));
                    });
                    return out;
                });
    }

    private static int sum(List<Integer> values) {
        return values.stream().mapToInt(Integer::intValue).sum();
    }

    private static String appended(String text, int sum) {
        String all = text + "," + sum;
        return all.length() <= 20 ? all : all.substring(all.length() - 20);
    }

    /** A value and the batch of its last data. */
    private record Held(int value, int batch) {}

    /** Sums of a batch go into a state that is removed at every multiple of seven, or after some batches without data. */
    private Branch mapped() {
        int timeout = random.nextInt(3) == 0 ? 0 : 1 + random.nextInt(6);
        return new Branch(
                "mapping with time-out " + timeout,
                1,
                (context, pairs) -> {
                    StateSpec<Object, Integer, Integer, Integer> spec = mapping();
                    return pairs.reduceByKey(Reducers.sumInt())
                            .mapWithState(timeout == 0 ? spec : spec.timeout(batches(timeout)))
                            .stateSnapshots()
                            .toJavaDStream()
                            .map(Branches::text);
                },
                batches -> mapped(timeout, batches));
    }

    private static StateSpec<Object, Integer, Integer, Integer> mapping() {
        return StateSpec.function((Time time, Object key, Optional<Integer> value, State<Integer> state) -> {
            if (state.isTimingOut()) {
                return Optional.empty();
            }
            int next = state.getOption().orElse(0) + value.get();
            if (next % 7 == 0 && state.exists()) {
                state.remove();
            } else {
                state.update(next);
            }
            return Optional.of(next);
        });
    }

    private Map<Integer, List<String>> mapped(int timeout, List<List<Row>> batches) {
        Map<Integer, Held> held = new TreeMap<>();
        Map<Integer, List<String>> out = new TreeMap<>();
        forEachRun(batches, (now, rows) -> {
            sums(rows).forEach((key, sum) -> {
                Held before = held.get(key);
                int next = (before == null ? 0 : before.value()) + sum;
                if (next % 7 == 0 && before != null) {
                    held.remove(key);
                } else {
                    held.put(key, new Held(next, now));
                }
            });
            held.values().removeIf(state -> timeout > 0 && state.batch() < now - timeout);
            Map<Integer, Integer> values = new TreeMap<>();
            held.forEach((key, state) -> values.put(key, state.value()));
            out.put(now, texts(values));
        });
        return out;
    }

    private Branch runningMapping() {
        Map<Integer, Integer> initial = random.nextBoolean() ? initial() : Map.of();
        int timeout = random.nextBoolean() ? 0 : 1 + random.nextInt(6);
        return new Branch(
                "running mapping from " + textOf(initial) + " with time-out " + timeout,
                1,
                (context, pairs) -> {
                    StateSpec<Object, Integer, Integer, Tuple2<Object, Integer>> spec =
                            StateSpec.running(Reducers.sumInt());
                    if (!initial.isEmpty()) {
                        spec.initialState(context.sparkContext().parallelizePairs(pairs(initial)));
                    }
                    return pairs.mapWithState(timeout == 0 ? spec : spec.timeout(batches(timeout)))
                            .stateSnapshots()
                            .toJavaDStream()
                            .map(Branches::text);
                },
                batches -> {
                    Map<Integer, Held> held = new TreeMap<>();
                    int first = firstRun(batches);
                    initial.forEach((key, value) -> held.put(key, new Held(value, first)));
                    Map<Integer, List<String>> out = new TreeMap<>();
                    forEachRun(batches, (now, rows) -> {
                        sums(rows)
                                .forEach((key, sum) -> held.merge(
                                        key, new Held(sum, now), (a, b) -> new Held(a.value() + b.value(), now)));
                        held.values().removeIf(state -> timeout > 0 && state.batch() < now - timeout);
                        Map<Integer, Integer> values = new TreeMap<>();
                        held.forEach((key, state) -> values.put(key, state.value()));
                        out.put(now, texts(values));
                    });
                    return out;
                });
    }

    private Branch reducedWindow(int length, int slide) {
        return switch (random.nextInt(4)) {
            case 0 -> window("sum", length, slide, Reducers.sumInt(), null, Integer::sum);
            case 1 -> window("greatest", length, slide, (a, b) -> Math.max(a, b), null, Math::max);
            case 2 -> window("sum", length, slide, Reducers.sumInt(), Reducers.subtractInt(), Integer::sum);
            default -> window("sum", length, slide, (a, b) -> a + b, (a, b) -> a - b, Integer::sum);
        };
    }

    private Branch window(
            String what,
            int length,
            int slide,
            Function2<Integer, Integer, Integer> merge,
            Function2<Integer, Integer, Integer> inverse,
            BinaryOperator<Integer> naive) {
        return new Branch(
                what + " of " + length + " batches every " + slide + (inverse == null ? "" : ", by the inverse"),
                slide,
                (context, pairs) -> (inverse == null
                                ? pairs.reduceByKeyAndWindow(merge, batches(length), batches(slide))
                                : pairs.reduceByKeyAndWindow(merge, inverse, batches(length), batches(slide)))
                        .toJavaDStream()
                        .map(Branches::text),
                batches -> {
                    Set<Integer> kept = new HashSet<>(); // with an inverse, all keys that were ever in a window
                    Map<Integer, List<String>> out = new TreeMap<>();
                    for (int end = slide; end <= batches.size(); end += slide) {
                        Map<Integer, Integer> values = new TreeMap<>();
                        rows(batches, end, length).forEach(row -> values.merge(row.key(), row.value(), naive));
                        if (inverse != null) {
                            kept.addAll(values.keySet());
                            kept.forEach(key -> values.putIfAbsent(key, 0));
                        }
                        if (batches.get(end - 1) != null) {
                            out.put(end, texts(values));
                        }
                    }
                    return out;
                });
    }

    private static List<Row> rows(List<List<Row>> batches, int end, int length) {
        List<Row> rows = new ArrayList<>();
        batches.subList(Math.max(0, end - length), end).stream()
                .filter(Objects::nonNull)
                .forEach(rows::addAll);
        return rows;
    }

    private Branch plainWindow(int length, int slide) {
        return new Branch(
                "window of " + length + " batches every " + slide,
                slide,
                (context, pairs) ->
                        windowed(pairs, length, slide).toJavaDStream().map(Branches::text),
                batches -> {
                    Map<Integer, List<String>> out = new HashMap<>();
                    for (int end = slide; end <= batches.size(); end += slide) {
                        if (batches.get(end - 1) == null) {
                            continue;
                        }
                        out.put(
                                end,
                                rows(batches, end, length).stream()
                                        .map(row -> keys.of(row.key()) + "=" + row.value())
                                        .sorted()
                                        .toList());
                    }
                    return out;
                });
    }

    private PairDStream<Object, Integer> windowed(PairDStream<Object, Integer> pairs, int length, int slide) {
        return pairs.window(batches(length), batches(slide));
    }
}
