package io.millrace.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.millrace.api.DStream;
import io.millrace.api.Duration;
import io.millrace.api.PairDStream;
import io.millrace.api.RDD;
import io.millrace.api.State;
import io.millrace.api.StateSpec;
import io.millrace.api.Time;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Reducers;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random windows and states over random batches of pairs give what a plain program gives that looks at all batches so far. A
 * failure prints its seed; {@code -Dmillrace.test.chains=10000} plays more of them.
 */
class RandomStatefulTest {
    private static final int PROGRAMS = Integer.getInteger("millrace.test.chains", 300);
    private static final long FIRST_SEED = Long.getLong("millrace.test.seed", 0x57A7_0000L);
    private static final int BATCH_MS = 100;
    private static final int POISON = 1_000_000;

    /** What comes in, one list a batch. */
    private static List<List<Tuple2<Object, Object>>> batches(SplittableRandom random, boolean poisoned) {
        int kind = random.nextInt(3);
        int keys = 1 + random.nextInt(random.nextBoolean() ? 4 : 40);
        List<List<Tuple2<Object, Object>>> batches = new ArrayList<>();
        for (int batch = 3 + random.nextInt(20); batch > 0; batch--) {
            List<Tuple2<Object, Object>> rows = new ArrayList<>();
            int first = random.nextInt(keys); // keys come and go
            for (int row = random.nextInt(4) == 0 ? 0 : random.nextInt(30); row > 0; row--) {
                int number = first + random.nextInt(1 + keys / 2);
                Object key = kind == 0 ? (Object) ("k" + number) : kind == 1 ? (Object) (long) number : number;
                rows.add(new Tuple2<>(key, random.nextInt(100)));
            }
            if (poisoned && random.nextInt(6) == 0) {
                rows.add(random.nextInt(rows.size() + 1), new Tuple2<>("poison", POISON));
            }
            batches.add(rows);
        }
        return batches;
    }

    private static int number(Object value) {
        return (Integer) value;
    }

    @Test
    void windowsGiveWhatTheirBatchesHold() throws Exception {
        for (int program = 0; program < PROGRAMS; program++) {
            long seed = FIRST_SEED + program;
            try {
                playWindow(new SplittableRandom(seed));
            } catch (Throwable different) {
                fail("with -Dmillrace.test.seed=" + seed + " -Dmillrace.test.chains=1: " + different, different);
            }
        }
    }

    private static void playWindow(SplittableRandom random) throws Exception {
        List<List<Tuple2<Object, Object>>> batches = batches(random, false);
        int length = 1 + random.nextInt(9);
        int slide = 1 + random.nextInt(random.nextBoolean() ? 1 : 5);
        boolean isInverse = random.nextBoolean();
        boolean isMost = !isInverse && random.nextBoolean();
        boolean isNamed = random.nextBoolean();
        Map<Long, Map<Object, Object>> seen = new TreeMap<>();
        try (Rig rig = rig(random)) {
            PairDStream<Object, Integer> pairs =
                    queue(rig, batches).mapToPair(pair -> new Tuple2<>(pair._1, number(pair._2)));
            Function2<Integer, Integer, Integer> merge = isNamed
                    ? isMost ? Reducers.maxInt() : Reducers.sumInt()
                    : isMost ? (a, b) -> Math.max(a, b) : (a, b) -> a + b;
            Duration window = new Duration(length * BATCH_MS);
            Duration every = new Duration(slide * BATCH_MS);
            PairDStream<Object, Integer> reduced = isInverse
                    ? pairs.reduceByKeyAndWindow(
                            merge, isNamed ? Reducers.subtractInt() : (a, b) -> a - b, window, every)
                    : pairs.reduceByKeyAndWindow(merge, window, every);
            reduced.foreachRDD(
                    (rdd, time) -> seen.put(time.milliseconds() / BATCH_MS, new HashMap<>(rdd.collectAsMap())));
            play(rig, batches.size());
        }
        Map<Object, Object> kept = new HashMap<>(); // with an inverse, all keys that were ever in a window
        for (int end = slide; end <= batches.size(); end += slide) {
            Map<Object, Object> expected = new HashMap<>();
            for (int batch = Math.max(0, end - length); batch < end; batch++) {
                for (Tuple2<Object, Object> row : batches.get(batch)) {
                    expected.merge(
                            row._1,
                            row._2,
                            (a, b) -> isMost ? Math.max(number(a), number(b)) : (Object) (number(a) + number(b)));
                }
            }
            if (isInverse) {
                expected.keySet().forEach(key -> kept.put(key, 0));
                kept.forEach(expected::putIfAbsent);
            }
            String what = "window of " + length + " every " + slide + ", inverse " + isInverse + ", batch " + end;
            assertEquals(expected, seen.get((long) end), what);
        }
    }

    @Test
    void statesAreWhatAllBatchesThatDidNotFailMadeOfThem() throws Exception {
        for (int program = 0; program < PROGRAMS; program++) {
            long seed = FIRST_SEED + program;
            try {
                playState(new SplittableRandom(seed));
            } catch (Throwable different) {
                fail("with -Dmillrace.test.seed=" + seed + " -Dmillrace.test.chains=1: " + different, different);
            }
        }
    }

    /** A naive state: value and the batch of its last data. */
    private record Held(int value, int batch) {}

    private static void playState(SplittableRandom random) throws Exception {
        List<List<Tuple2<Object, Object>>> batches = batches(random, true);
        boolean isMapped = random.nextBoolean();
        int timeout = isMapped && random.nextBoolean() ? 1 + random.nextInt(5) : 0;
        Map<Long, Map<Object, Object>> seen = new TreeMap<>();
        try (Rig rig = rig(random)) {
            PairDStream<Object, Object> pairs = queue(rig, batches).mapToPair(pair -> pair);
            PairDStream<Object, Integer> states = isMapped ? mapped(pairs, timeout) : updated(pairs);
            states.foreachRDD(
                    (rdd, time) -> seen.put(time.milliseconds() / BATCH_MS, new HashMap<>(rdd.collectAsMap())));
            play(rig, batches.size());
        }
        Map<Object, Held> held = new HashMap<>();
        for (int batch = 1; batch <= batches.size(); batch++) {
            List<Tuple2<Object, Object>> rows = batches.get(batch - 1);
            if (rows.stream().anyMatch(row -> row._2.equals(POISON))) {
                assertEquals(null, seen.get((long) batch), "batch " + batch + " fails");
                continue;
            }
            if (isMapped) {
                map(held, rows, batch, timeout);
            } else {
                update(held, rows, batch);
            }
            Map<Object, Object> expected = new HashMap<>();
            held.forEach((key, state) -> expected.put(key, state.value()));
            assertEquals(
                    expected,
                    seen.get((long) batch),
                    (isMapped ? "mapped, time-out " + timeout : "updated") + ", batch " + batch);
        }
    }

    private static PairDStream<Object, Integer> mapped(PairDStream<Object, Object> pairs, int timeout) {
        StateSpec<Object, Object, Integer, Integer> spec =
                StateSpec.function((Time time, Object key, Optional<Object> value, State<Integer> state) -> {
                    if (state.isTimingOut()) {
                        return Optional.empty();
                    }
                    int next = state.getOption().orElse(0) + number(value.get());
                    if (next >= POISON) {
                        throw new IllegalStateException("poison");
                    }
                    if (next % 7 == 0 && state.exists()) {
                        state.remove();
                    } else {
                        state.update(next);
                    }
                    return Optional.of(next);
                });
        return pairs.mapWithState(timeout == 0 ? spec : spec.timeout(new Duration(timeout * BATCH_MS)))
                .stateSnapshots();
    }

    private static void map(Map<Object, Held> held, List<Tuple2<Object, Object>> rows, int batch, int timeout) {
        for (Tuple2<Object, Object> row : rows) {
            Held before = held.get(row._1);
            int next = (before == null ? 0 : before.value()) + number(row._2);
            if (next % 7 == 0 && before != null) {
                held.remove(row._1);
            } else {
                held.put(row._1, new Held(next, batch));
            }
        }
        held.values().removeIf(state -> timeout > 0 && state.batch() < batch - timeout);
    }

    private static PairDStream<Object, Integer> updated(PairDStream<Object, Object> pairs) {
        return pairs.updateStateByKey((values, state) -> {
            int next = state.orElse(0) + 1;
            for (Object value : values) {
                next += number(value);
            }
            if (next >= POISON) {
                throw new IllegalStateException("poison");
            }
            return next % 5 == 0 ? Optional.empty() : Optional.of(next);
        });
    }

    private static void update(Map<Object, Held> held, List<Tuple2<Object, Object>> rows, int batch) {
        Map<Object, Integer> sums = new HashMap<>();
        held.keySet().forEach(key -> sums.put(key, 0));
        rows.forEach(row -> sums.merge(row._1, number(row._2), Integer::sum));
        sums.forEach((key, sum) -> {
            int next = (held.containsKey(key) ? held.get(key).value() : 0) + 1 + sum;
            if (next % 5 == 0) {
                held.remove(key);
            } else {
                held.put(key, new Held(next, batch));
            }
        });
    }

    /** An engine with one or two workers, lanes or objects, and all of the state in memory or next to none of it. */
    private static Rig rig(SplittableRandom random) {
        boolean isCold = random.nextInt(10) == 0;
        return new Rig(
                new Duration(BATCH_MS),
                conf -> conf.setMaster("local[" + (1 + random.nextInt(2)) + "]")
                        .set("millrace.lanes", random.nextBoolean() ? "specialised" : "generic")
                        .set("millrace.streaming.allowMultipleContexts", "true")
                        .set("millrace.state.store", isCold ? "chronicle" : "resident")
                        .set("millrace.state.residentBytes", isCold ? "1" : "64m"));
    }

    private static DStream<Tuple2<Object, Object>> queue(Rig rig, List<List<Tuple2<Object, Object>>> batches) {
        Queue<RDD<Tuple2<Object, Object>>> queue = new ArrayDeque<>();
        batches.forEach(rows -> queue.add(rig.context.parallelize(Collections.unmodifiableList(rows), 2)));
        return rig.ssc.queueStream(queue);
    }

    private static void play(Rig rig, int batches) {
        rig.ssc.start();
        for (int batch = 1; batch <= batches; batch++) {
            rig.toBatch(batch);
        }
    }
}
