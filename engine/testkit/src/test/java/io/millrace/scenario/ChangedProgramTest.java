package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.DStream;
import io.millrace.api.PairDStream;
import io.millrace.api.StateSpec;
import io.millrace.api.function.Reducers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A program that is not what it was goes on with its checkpoint (guide, "Upgrading Application Code"; reliability spec 3.12). */
class ChangedProgramTest {
    @TempDir
    private Path directory;

    private static PairDStream<String, Integer> counts(PairDStream<String, Integer> ones) {
        return ones.updateStateByKey(Reducers.running(Reducers.sumInt())).named("counts");
    }

    private static PairDStream<String, Integer> ones(DStream<String> words) {
        return words.mapToPair(word -> pair(word, 1));
    }

    private static DStream<?> plain(DStream<String> words) {
        return counts(ones(words)).toJavaDStream();
    }

    private Lives lives(Lives.Input input) {
        return new Lives(seconds(1), input, directory);
    }

    /** What a second program gives with "a b" after a first one had "a b a". */
    private String after(
            Lives.End end, Function<DStream<String>, DStream<?>> first, Function<DStream<String>, DStream<?>> second) {
        Lives lives = lives(Lives.Input.FILES);
        Lives.Life before = lives.start(first);
        before.batch("a", "b", "a");
        before.end(end);
        try (Lives.Life after = lives.start(second)) {
            after.batch("a", "b");
        }
        return lives.given().get(1);
    }

    @ParameterizedTest
    @EnumSource
    void otherFunctionsGoOnWithWhatTheOldOnesMade(Lives.End end) {
        assertEquals(
                "2: (a,12) (b,11)",
                after(
                        end,
                        ChangedProgramTest::plain,
                        words -> counts(words.mapToPair(word -> pair(word, 10))).toJavaDStream()));
    }

    @ParameterizedTest
    @EnumSource
    void aStatelessOperatorMayBeAddedBeforeAndBehindState(Lives.End end) {
        assertEquals(
                "2: b=2",
                after(
                        end,
                        ChangedProgramTest::plain,
                        words -> counts(ones(words.filter(word -> true).map(String::trim)))
                                .filter(count -> count._1.equals("b"))
                                .toJavaDStream()
                                .map(count -> count._1 + "=" + count._2)));
    }

    @ParameterizedTest
    @EnumSource
    void aStatelessOperatorMayBeTakenOutBeforeAndBehindState(Lives.End end) {
        assertEquals(
                "2: (a,3) (b,2)",
                after(
                        end,
                        words -> counts(ones(words.filter(word -> true).map(String::trim)))
                                .toJavaDStream()
                                .map(count -> count._1 + "=" + count._2),
                        ChangedProgramTest::plain));
    }

    @ParameterizedTest
    @EnumSource
    void statelessOperatorsMayChangePlaces(Lives.End end) {
        assertEquals(
                "2: (a!,3) (b!,2)",
                after(
                        end,
                        words -> plain(words.filter(word -> !word.isEmpty()).map(word -> word + "!")),
                        words -> plain(words.map(word -> word + "!").filter(word -> !word.isEmpty()))));
    }

    @ParameterizedTest
    @EnumSource
    void anOutputMayBeAddedAndAnotherTakenOut(Lives.End end) {
        List<Long> sizes = new ArrayList<>();
        Function<DStream<String>, DStream<?>> first = words -> {
            words.foreachRDD(rdd -> sizes.add(rdd.count()));
            return plain(words);
        };
        Function<DStream<String>, DStream<?>> second = words -> {
            PairDStream<String, Integer> counts = counts(ones(words));
            counts.foreachRDD(rdd -> sizes.add(10 * rdd.count()));
            return counts.toJavaDStream();
        };
        assertEquals("2: (a,3) (b,2)", after(end, first, second));
        assertEquals(List.of(3L, 20L), sizes);
    }

    @ParameterizedTest
    @EnumSource
    void anOperatorThatRemembersMayBeAddedAndBeginsWithNothing(Lives.End end) {
        assertEquals(
                "2: (a,1) (a,3) (b,1) (b,2)",
                after(
                        end,
                        ChangedProgramTest::plain,
                        words -> counts(ones(words))
                                .toJavaDStream()
                                .union(ones(words)
                                        .mapWithState(StateSpec.<String, Integer>running(Reducers.sumInt()))
                                        .stateSnapshots()
                                        .toJavaDStream())));
    }

    @ParameterizedTest
    @EnumSource
    void operatorsThatHaveNamesMayStandInAnotherOrder(Lives.End end) {
        Function<DStream<String>, DStream<?>> first = words -> counts(ones(words))
                .toJavaDStream()
                .map(count -> "c" + count._2)
                .union(words.window(seconds(2)).named("recent").map(word -> "w" + word));
        Function<DStream<String>, DStream<?>> second = words -> words.window(seconds(2))
                .named("recent")
                .map(word -> "w" + word)
                .union(counts(ones(words)).toJavaDStream().map(count -> "c" + count._2));
        assertEquals("2: c2 c3 wa wa wa wb wb", after(end, first, second));
    }

    /** From one core to two, and back; what was received and waits goes with it. */
    @ParameterizedTest
    @CsvSource({"1, 2, FILES", "2, 1, FILES", "1, 2, RECEIVED", "2, 1, RECEIVED", "2, 4, RECEIVED"})
    void theNumberOfCoresMayChange(int before, int after, Lives.Input input) {
        Function<DStream<String>, DStream<?>> program = words -> plain(words)
                .map(String::valueOf)
                .union(ones(words)
                        .reduceByKeyAndWindow(Reducers.sumInt(), seconds(3), seconds(1))
                        .toJavaDStream()
                        .map(count -> "w" + count))
                .union(ones(words)
                        .reduceByKeyAndWindow(Reducers.sumInt(), Reducers.subtractInt(), seconds(3), seconds(1))
                        .toJavaDStream()
                        .map(count -> "i" + count));
        Lives changing = lives(input);
        for (int life = 0; life < 4; life++) {
            Lives.Life one =
                    changing.start(program, "millrace.master", "local[" + (life % 2 == 0 ? before : after) + "]");
            run(one, 2 * life, 2);
            one.end(life < 2 ? Lives.End.KILLED : Lives.End.STOPPED);
        }
        Lives whole = new Lives(seconds(1), input, directory.resolve("whole"));
        directory.resolve("whole").toFile().mkdir();
        try (Lives.Life one = whole.start(program)) {
            run(one, 0, 8);
        }
        assertEquals(whole.given(), changing.distinct());
    }

    private static void run(Lives.Life life, int first, int batches) {
        for (int batch = first; batch < first + batches; batch++) {
            String[] words = new String[40];
            for (int i = 0; i < words.length; i++) {
                words[i] = "k" + (i * 7 + batch * 5) % 23;
            }
            life.batch(words);
        }
    }

    @Test
    void batchesThatWaitAreRunByTheNewProgram() {
        Lives lives = lives(Lives.Input.RECEIVED);
        Lives.Life first = lives.start(ChangedProgramTest::plain, "millrace.checkpoint.commitInterval", "1h");
        first.batch("a");
        first.batch("b");
        first.kill();
        try (Lives.Life second = lives.start(
                words -> counts(words.mapToPair(word -> pair(word, 10))).toJavaDStream())) {
            second.batch("a");
        }
        assertEquals(
                List.of("1: (a,1)", "2: (a,1) (b,1)", "1: (a,10)", "2: (a,10) (b,10)", "3: (a,20) (b,10)"),
                lives.given());
    }
}
