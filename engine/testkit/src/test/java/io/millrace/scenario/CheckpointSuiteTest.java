package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.Duration;
import io.millrace.api.PairDStream;
import io.millrace.api.StateSpec;
import io.millrace.api.function.Reducers;
import io.millrace.checkpoint.simulation.FaultHook;
import io.millrace.checkpoint.simulation.SimulatedCrash;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The tables of Spark's suites of checkpoints and of failing masters (behaviour spec 5.3), with a batch each 500 ms where nothing
 * else is said. Stricter than Spark's: a batch that was committed is not run again, and one that is run again gives the same.
 */
class CheckpointSuiteTest {
    private static final Duration BATCH = milliseconds(500);
    private static final String[][] COUNTED = {{"a", "a", "b"}, {"", ""}, {}, {"a", "a", "b"}, {"", ""}, {}};
    private static final List<String> COUNTS =
            List.of("1: (a,2) (b,1)", "2: (,2)", "3: ", "4: (a,2) (b,1)", "5: (,2)", "6: ");

    @TempDir
    private Path directory;

    static Stream<Arguments> recoveries() {
        return Stream.of(Lives.Input.values())
                .flatMap(input -> Stream.of(Lives.End.values()).map(end -> Arguments.of(input, end)));
    }

    private Lives lives(Lives.Input input) throws Exception {
        return new Lives(BATCH, input, Files.createDirectories(directory.resolve("in")));
    }

    /** So many batches, the end of the process, and the rest of them in another. */
    private void recover(
            Lives.Input input,
            Lives.End end,
            Function<DStream<String>, DStream<?>> program,
            String[][] words,
            int batches,
            List<String> expected)
            throws Exception {
        Lives lives = lives(input);
        Lives.Life first = lives.start(program);
        for (String[] batch : List.of(words).subList(0, batches)) {
            first.batch(batch);
        }
        first.end(end);
        assertEquals(expected.subList(0, batches), lives.given());
        Lives.Life second = lives.start(program);
        for (String[] batch : List.of(words).subList(batches, words.length)) {
            second.batch(batch);
        }
        second.end(Lives.End.STOPPED);
        assertEquals(expected, end == Lives.End.STOPPED ? lives.given() : lives.distinct());
    }

    private static PairDStream<String, Integer> ones(DStream<String> words) {
        return words.mapToPair(word -> pair(word, 1));
    }

    private static DStream<?> counts(DStream<String> words) {
        return ones(words).reduceByKey(Reducers.sumInt()).toJavaDStream();
    }

    private static DStream<?> running(DStream<String> words) {
        return ones(words)
                .updateStateByKey(Reducers.running(Reducers.sumInt()))
                .checkpoint(seconds(1))
                .toJavaDStream();
    }

    private static String[][] tenTimesA() {
        return Stream.generate(() -> new String[] {"a"}).limit(10).toArray(String[][]::new);
    }

    private static List<String> tenBatches(Function<Integer, Integer> counts) {
        return IntStream.rangeClosed(1, 10)
                .mapToObj(batch -> batch + ": (a," + counts.apply(batch) + ")")
                .toList();
    }

    @ParameterizedTest
    @MethodSource("recoveries")
    void aMapAndAReduceByKeyGoOn(Lives.Input input, Lives.End end) throws Exception {
        recover(input, end, CheckpointSuiteTest::counts, COUNTED, 3, COUNTS);
    }

    @ParameterizedTest
    @MethodSource("recoveries")
    void aWindowWithAnInverseGoesOn(Lives.Input input, Lives.End end) throws Exception {
        Function<DStream<String>, DStream<?>> program = words -> ones(words)
                .reduceByKeyAndWindow(Reducers.sumInt(), Reducers.subtractInt(), BATCH.times(4), BATCH)
                .checkpoint(BATCH.times(2))
                .toJavaDStream();
        recover(input, end, program, tenTimesA(), 7, tenBatches(batch -> Math.min(batch, 4)));
    }

    @ParameterizedTest
    @MethodSource("recoveries")
    void stateByKeyGoesOn(Lives.Input input, Lives.End end) throws Exception {
        recover(input, end, CheckpointSuiteTest::running, tenTimesA(), 7, tenBatches(batch -> batch));
    }

    /** MapWithStateSuite, driver failure recovery. */
    @ParameterizedTest
    @MethodSource("recoveries")
    void statesOfAMappingGoOn(Lives.Input input, Lives.End end) throws Exception {
        String[][] words = {{}, {"a"}, {"a", "b"}, {"a", "b", "c"}, {"a", "b"}, {"a"}, {}};
        recover(
                input,
                end,
                stream -> {
                    var mapped = ones(stream).mapWithState(StateSpec.<String, Integer>running(Reducers.sumInt()));
                    mapped.checkpoint(BATCH.times(3));
                    return mapped.stateSnapshots().toJavaDStream();
                },
                words,
                3,
                List.of(
                        "1: ",
                        "2: (a,1)",
                        "3: (a,2) (b,1)",
                        "4: (a,3) (b,2) (c,1)",
                        "5: (a,4) (b,3) (c,1)",
                        "6: (a,5) (b,3) (c,1)",
                        "7: (a,5) (b,3) (c,1)"));
    }

    @ParameterizedTest
    @MethodSource("recoveries")
    void savedTextFilesAreThereOnceForEachBatch(Lives.Input input, Lives.End end) throws Exception {
        Path out = directory.resolve("out");
        recover(
                input,
                end,
                words -> {
                    PairDStream<String, Integer> counts = ones(words).reduceByKey(Reducers.sumInt());
                    counts.saveAsTextFiles(out.resolve("counts").toString(), "txt");
                    return counts.toJavaDStream();
                },
                COUNTED,
                3,
                COUNTS);
        assertEquals(names("counts-%d.txt"), Saved.names(out));
        assertSaved(out, "counts-%d.txt");
    }

    @ParameterizedTest
    @MethodSource("recoveries")
    void savedObjectFilesAreThereOnceForEachBatch(Lives.Input input, Lives.End end) throws Exception {
        Path out = directory.resolve("out");
        recover(
                input,
                end,
                words -> {
                    PairDStream<String, Integer> counts = ones(words).reduceByKey(Reducers.sumInt());
                    counts.saveAsObjectFiles(out.resolve("counts").toString(), "obj");
                    return counts.toJavaDStream();
                },
                COUNTED,
                3,
                COUNTS);
        assertEquals(names("counts-%d.obj"), Saved.names(out));
    }

    /** SPARK-4835. */
    @ParameterizedTest
    @MethodSource("recoveries")
    void whatATransformSavesMayBeThereAlready(Lives.Input input, Lives.End end) throws Exception {
        Path out = directory.resolve("out");
        recover(
                input,
                end,
                words -> ones(words)
                        .reduceByKey(Reducers.sumInt())
                        .toJavaDStream()
                        .transform((rdd, time) -> {
                            Path saved = out.resolve("counts-" + time.milliseconds());
                            rdd.saveAsTextFile(saved.toString());
                            rdd.saveAsTextFile(saved.toString());
                            return rdd;
                        }),
                COUNTED,
                3,
                COUNTS);
        assertSaved(out, "counts-%d");
    }

    private static List<String> names(String pattern) {
        return IntStream.rangeClosed(1, COUNTED.length)
                .mapToObj(batch -> String.format(Locale.ROOT, pattern, batch * BATCH.milliseconds()))
                .sorted()
                .toList();
    }

    private static void assertSaved(Path out, String pattern) {
        for (int batch = 1; batch <= COUNTED.length; batch++) {
            List<String> lines = new ArrayList<>(
                    Saved.lines(out.resolve(String.format(Locale.ROOT, pattern, batch * BATCH.milliseconds()))));
            lines.sort(null);
            assertEquals(COUNTS.get(batch - 1), batch + ": " + String.join(" ", lines));
        }
    }

    @ParameterizedTest
    @EnumSource
    void checkpointsAreWrittenAndGivenUpAndAProgramGoesOnWithThemAgainAndAgain(Lives.End end) throws Exception {
        Lives lives = lives(Lives.Input.FILES);
        Set<String> ever = new HashSet<>();
        for (int life = 0; life < 3; life++) {
            Lives.Life one = lives.start(CheckpointSuiteTest::running, "millrace.checkpoint.snapshotBytes", "1k");
            for (int batch = 0; batch < 10; batch++) {
                one.batch("a");
            }
            List<String> files = lives.disk.files();
            ever.addAll(files);
            assertTrue(files.stream().anyMatch(name -> name.startsWith("meta/manifest-")), files::toString);
            one.end(end);
        }
        assertFalse(lives.disk.files().containsAll(ever), "nothing was deleted");
        try (Lives.Life last = lives.start(CheckpointSuiteTest::running)) {
            lives.clock.advance(BATCH.times(7));
            last.rig.work();
            for (int batch = 0; batch < 4; batch++) {
                last.batch("a");
            }
        }
        List<String> expected = new ArrayList<>();
        IntStream.rangeClosed(1, 30).forEach(batch -> expected.add(batch + ": (a," + batch + ")"));
        IntStream.rangeClosed(31, 37).forEach(batch -> expected.add(batch + ": (a,30)"));
        IntStream.rangeClosed(38, 41).forEach(batch -> expected.add(batch + ": (a," + (batch - 7) + ")"));
        assertEquals(expected, lives.distinct());
    }

    /** Spark's program has a batch each 2 s; the third is not over when its process ends. */
    @Test
    void filesBelongToTheBatchesThatTheyBelongedToAndThoseOfTheMeantimeToTheBatchesThatWereMissed() throws Exception {
        Lives lives = new Lives(seconds(2), Lives.Input.FILES, directory);
        Lives.Life[] running = new Lives.Life[1];
        Function<DStream<String>, DStream<?>> program = lines -> lines.map(Integer::parseInt)
                .map(number -> {
                    if (number == 3 && running[0] != null) {
                        running[0].die();
                    }
                    return number;
                })
                .reduceByWindow(Reducers.sumInt(), seconds(60), seconds(2));
        running[0] = lives.start(program);
        running[0].batch("1");
        running[0].batch("2");
        running[0].batch("3");
        running[0].kill();
        running[0] = null;
        assertEquals(List.of("1: 1", "2: 3"), lives.given());
        for (String number : new String[] {"4", "5", "6"}) {
            pass(lives, seconds(2), number);
        }
        Lives.Life second = lives.start(program);
        second.rig.work();
        for (String number : new String[] {"7", "8", "9"}) {
            second.batch(number);
        }
        second.close();
        assertEquals(
                List.of("1: 1", "2: 3", "3: 6", "4: 10", "5: 15", "6: 21", "7: 28", "8: 36", "9: 45"), lives.given());
    }

    @ParameterizedTest
    @EnumSource
    void whatThreeOutputsReadIsGivenBackOnce(Lives.End end) throws Exception {
        Lives lives = lives(Lives.Input.FILES);
        Function<DStream<String>, DStream<?>> program = words -> {
            DStream<?> counts = running(words);
            counts.foreachRDD(rdd -> rdd.count());
            counts.foreachRDD(rdd -> rdd.count());
            return counts;
        };
        Lives.Life first = lives.start(program);
        first.batch("a", "b");
        first.end(end);
        try (Lives.Life second = lives.start(program)) {
            second.batch("a");
        }
        assertEquals(List.of("1: (a,1) (b,1)", "2: (a,2) (b,1)"), lives.given());
    }

    /** SPARK-5569. */
    @ParameterizedTest
    @EnumSource
    void aStateMayBeAnArray(Lives.End end) throws Exception {
        Lives lives = lives(Lives.Input.FILES);
        Function<DStream<String>, DStream<?>> program = words -> ones(words)
                .<long[]>updateStateByKey((ones, before) -> {
                    long[] counts = before.orElse(new long[2]).clone();
                    counts[0] += ones.size();
                    counts[1]++;
                    return Optional.of(counts);
                })
                .mapValues(counts -> counts[0] + "/" + counts[1])
                .toJavaDStream();
        Lives.Life first = lives.start(program);
        first.batch("a", "a");
        first.end(end);
        try (Lives.Life second = lives.start(program)) {
            second.batch("a");
        }
        assertEquals(List.of("1: (a,2/1)", "2: (a,3/2)"), lives.given());
    }

    /** SPARK-6847. */
    @ParameterizedTest
    @EnumSource
    void aStateThatFollowsAStateGoesOnWithIt(Lives.End end) throws Exception {
        Lives lives = lives(Lives.Input.FILES);
        Function<DStream<String>, DStream<?>> program = words -> ones(words)
                .updateStateByKey(Reducers.running(Reducers.sumInt()))
                .checkpoint(BATCH)
                .mapToPair(count -> pair(count._1, count._2))
                .updateStateByKey(Reducers.running(Reducers.sumInt()))
                .checkpoint(BATCH)
                .toJavaDStream();
        Lives.Life first = lives.start(program);
        first.batch("a");
        first.batch("a");
        first.end(end);
        try (Lives.Life second = lives.start(program)) {
            second.batch("a");
        }
        assertEquals(List.of("1: (a,1)", "2: (a,3)", "3: (a,6)"), lives.given());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aMapOutlivesManyKills(long seed) throws Exception {
        Lives lives = new Lives(seconds(1), Lives.Input.FILES, directory);
        killAgainAndAgain(lives, words -> words, batch -> new String[] {String.valueOf(batch)}, seed);
        Set<String> outputs = new TreeSet<>();
        lives.given().forEach(text -> outputs.addAll(List.of(text.split(" ")).subList(1, text.split(" ").length)));
        Set<String> expected = new TreeSet<>();
        IntStream.rangeClosed(1, 30).forEach(number -> expected.add(String.valueOf(number)));
        assertEquals(expected, outputs, "seed " + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void stateOutlivesManyKills(long seed) throws Exception {
        Lives lives = new Lives(seconds(1), Lives.Input.FILES, directory);
        Function<DStream<String>, DStream<?>> program = words -> ones(words)
                .updateStateByKey(Reducers.running(Reducers.sumInt()))
                .checkpoint(seconds(5))
                .toJavaDStream();
        killAgainAndAgain(
                lives, program, batch -> Stream.generate(() -> "a").limit(batch).toArray(String[]::new), seed);
        List<String> expected = IntStream.rangeClosed(1, 30)
                .mapToObj(batch -> batch + ": (a," + batch * (batch + 1) / 2 + ")")
                .toList();
        assertEquals(expected, lives.distinct().subList(0, 30), "seed " + seed);
    }

    /** An interval goes by, in whose middle a file comes. */
    private static void pass(Lives lives, Duration interval, String... words) {
        lives.clock.advanceMs(interval.milliseconds() / 2);
        lives.put(words);
        lives.clock.advanceMs(interval.milliseconds() / 2);
    }

    /**
     * A file comes each second, 30 in all, whether a process runs or not; each process ends at some operation on its disk, and the next
     * is started some batches later.
     */
    private static void killAgainAndAgain(
            Lives lives, Function<DStream<String>, DStream<?>> program, Function<Integer, String[]> file, long seed) {
        RandomGenerator random = new SplittableRandom(seed);
        int batch = 0;
        int kills = 0;
        while (batch < 30) {
            Lives.Life life = lives.start(program, "millrace.checkpoint.snapshotBytes", "1k");
            int operations = 1 + random.nextInt(60);
            lives.disk.hook(FaultHook.crashAt(operations));
            try {
                life.rig.work();
                while (batch < 30) {
                    pass(lives, seconds(1), file.apply(++batch));
                    life.rig.work();
                }
            } catch (SimulatedCrash killed) {
                kills++;
            }
            life.kill();
            for (int pause = random.nextInt(4); pause > 0 && batch < 30; pause--) {
                pass(lives, seconds(1), file.apply(++batch));
            }
        }
        try (Lives.Life last = lives.start(program)) {
            last.batch();
        }
        assertTrue(kills > 0, "no process was killed, seed " + seed);
    }
}
