package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.at;
import static io.millrace.testkit.Scenario.count;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.Duration;
import io.millrace.api.Durations;
import io.millrace.api.PairDStream;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import io.millrace.testkit.Scenario;
import io.millrace.testkit.Story;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows, and what Spark gets wrong of them; {@link WindowTablesTest} has more of the tables of its suite. */
class WindowOperatorsTest {
    private static Story<Integer> numbers() {
        return Scenario.batchesEvery(seconds(1))
                .records(List.of(0), List.of(1), List.of(2), List.of(3), List.of(4), List.of(5));
    }

    private static PairDStream<String, Integer> ones(DStream<String> words) {
        return words.mapToPair(word -> new Tuple2<>(word, 1));
    }

    @Test
    void aWindowHoldsTheRecordsOfItsBatchesOldestFirst() {
        numbers().stream(stream -> stream.window(seconds(2)))
                .expectOrdered(at(1), 0)
                .expectOrdered(at(2), 0, 1)
                .expectOrdered(at(3), 1, 2)
                .expectOrdered(at(6), 4, 5)
                .expectOrdered(at(4), 2, 3)
                .expectOrdered(at(5), 3, 4)
                .run();
    }

    @Test
    void windowsThatTumbleShareNoBatch() {
        numbers().stream(stream -> stream.window(seconds(2), seconds(2)))
                .expect(at(2), 0, 1)
                .expect(at(4), 2, 3)
                .expect(at(6), 4, 5)
                .run();
    }

    @Test
    void aWindowMayBeLongerThanItsSlide() {
        numbers().stream(stream -> stream.window(seconds(4), seconds(2)))
                .expect(at(2), 0, 1)
                .expect(at(4), 0, 1, 2, 3)
                .expect(at(6), 2, 3, 4, 5)
                .expect(at(8), 4, 5)
                .run();
    }

    @Test
    void aWindowMayBeShorterThanItsSlide() {
        numbers().stream(stream -> stream.window(seconds(2), seconds(3)))
                .expect(at(3), 1, 2)
                .expect(at(6), 4, 5)
                .run();
    }

    @Test
    void aFilterLetsAKeyGoWhoseResultItRefuses() {
        Scenario.batchesEvery(seconds(1)).words("a a b", "a", "", "b").stream(words -> ones(words)
                        .reduceByKeyAndWindow(
                                Reducers.sumInt(),
                                Reducers.subtractInt(),
                                seconds(2),
                                seconds(1),
                                2,
                                pair -> pair._2 != 0))
                .expect(at(1), pair("a", 2), pair("b", 1))
                .expect(at(2), pair("a", 3), pair("b", 1))
                .expect(at(3), pair("a", 1))
                .expect(at(4), pair("b", 1))
                .run();
    }

    @Test
    void aKeyThatIsFirstSeenBetweenTwoWindowsIsInNeither() {
        Scenario.batchesEvery(seconds(1)).words("gap", "a", "a", "gap a", "", "a").stream(words ->
                        ones(words).reduceByKeyAndWindow((a, b) -> a + b, (a, b) -> a - b, seconds(2), seconds(3)))
                .expect(at(3), pair("a", 2))
                .expect(at(6), pair("a", 1))
                .run();
    }

    @Test
    void nothingIsCountedBeforeTheFirstRecordAndThenAlways() {
        Scenario.batchesEvery(seconds(1)).words("", "x", "x", "x y", "x", "", "").stream(
                        words -> words.countByWindow(seconds(2), seconds(1)))
                .expect(at(2), 1L)
                .expect(at(3), 2L)
                .expect(at(4), 3L)
                .expect(at(5), 3L)
                .expect(at(6), 1L)
                .expect(at(7), 0L)
                .run();
    }

    @Test
    void aWordLeavesTheCountWhenItsBatchLeavesTheWindow() {
        Scenario.batchesEvery(seconds(1)).words("a a b", "a", "").stream(
                        words -> words.countByValueAndWindow(seconds(2), seconds(1)))
                .expect(at(1), count("a", 2), count("b", 1))
                .expect(at(2), count("a", 3), count("b", 1))
                .expect(at(3), count("a", 1))
                .run();
    }

    @Test
    void aWindowIsReducedToOneRecordWithAndWithoutAnInverse() {
        Story<Integer> story = Scenario.batchesEvery(seconds(1))
                .records(List.of(1, 2, 3), List.of(4, 5, 6), List.of(7, 8, 9), List.<Integer>of());
        story.stream(stream -> stream.reduceByWindow((a, b) -> a + b, seconds(2), seconds(1)))
                .expect(at(1), 6)
                .expect(at(2), 21)
                .expect(at(3), 39)
                .expect(at(4), 24)
                .run();
        story.stream(stream -> stream.reduceByWindow((a, b) -> a + b, (a, b) -> a - b, seconds(2), seconds(1)))
                .expect(at(1), 6)
                .expect(at(2), 21)
                .expect(at(3), 39)
                .expect(at(4), 24)
                .run();
    }

    @Test
    void windowsOfWindowsAndJoinsOfWindowsSlideTogether() {
        numbers().stream(stream -> {
                    PairDStream<Integer, Integer> left =
                            stream.mapToPair(n -> new Tuple2<>(n % 2, n)).window(seconds(2), seconds(2));
                    PairDStream<Integer, Integer> right = stream.mapToPair(n -> new Tuple2<>(n % 2, 1))
                            .reduceByKeyAndWindow((a, b) -> a + b, seconds(4), seconds(2));
                    return left.join(right).window(seconds(2), seconds(2));
                })
                .expect(at(2), pair(0, pair(0, 1)), pair(1, pair(1, 1)))
                .expect(at(4), pair(0, pair(2, 2)), pair(1, pair(3, 2)))
                .expect(at(6), pair(0, pair(4, 2)), pair(1, pair(5, 2)))
                .run();
    }

    @Test
    void aMergeThatThrowsFailsItsBatchAloneAndLeavesTheWindowWithoutIt() {
        Scenario.batchesEvery(seconds(1))
                .records(
                        List.of(pair("a", 1)),
                        List.of(pair("a", 100), pair("a", 1)),
                        List.of(pair("a", 2)),
                        List.of(pair("a", 4)))
                .stream(pairs -> pairs.mapToPair(pair -> pair)
                        .reduceByKeyAndWindow(
                                (a, b) -> {
                                    if (a == 100 || b == 100) {
                                        throw new IllegalStateException("one hundred");
                                    }
                                    return a + b;
                                },
                                seconds(3),
                                seconds(1)))
                .expect(at(1), pair("a", 1))
                .expectError(at(2), "one hundred")
                .expect(at(3), pair("a", 3))
                .expect(at(4), pair("a", 6))
                .run();
    }

    @Test
    void anInverseThatThrowsFailsEachBatchThatNeedsItAndNoOther() {
        Scenario.batchesEvery(seconds(1)).words("a", "b", "c", "d", "e").stream(words -> ones(words)
                        .reduceByKeyAndWindow(
                                (a, b) -> a + b,
                                (a, b) -> {
                                    throw new IllegalStateException("no inverse");
                                },
                                seconds(3),
                                seconds(1)))
                .expect(at(1), pair("a", 1))
                .expect(at(2), pair("a", 1), pair("b", 1))
                .expect(at(3), pair("a", 1), pair("b", 1), pair("c", 1))
                .expectError(at(4), "no inverse")
                .expectError(at(5), "no inverse")
                .run();
    }

    @Test
    void durationsThatAreNoMultiplesOfTheSlideAreRefusedWithTheWayOut() {
        try (Rig rig = new Rig(seconds(1))) {
            DStream<String> stream = rig.ssc.pushStream(String.class);
            Throwable window =
                    assertThrows(IllegalArgumentException.class, () -> stream.window(Durations.milliseconds(2500)));
            assertTrue(
                    window.getMessage().contains("window duration (2500 ms) must be a multiple"), window.getMessage());
            assertTrue(window.getMessage().contains("try 2000 or 3000 ms"), window.getMessage());
            Throwable slides = assertThrows(
                    IllegalArgumentException.class, () -> stream.union(stream.window(seconds(2), seconds(2))));
            assertTrue(slides.getMessage().contains("different slide durations"), slides.getMessage());
        }
    }

    @Test
    void aWindowWithAnInverseRefusesDurationsThatAreNoMultiplesAsWell() {
        try (Rig rig = new Rig(seconds(1))) {
            PairDStream<String, Integer> pairs =
                    ones(rig.ssc.pushStream(String.class)).window(seconds(4), seconds(2));
            assertRefused(pairs, seconds(3), seconds(2), "the window duration (3000 ms)");
            assertRefused(pairs, seconds(4), seconds(3), "the slide duration (3000 ms)");
        }
    }

    private static void assertRefused(
            PairDStream<String, Integer> pairs, Duration window, Duration slide, String duration) {
        Throwable refused = assertThrows(
                IllegalArgumentException.class,
                () -> pairs.reduceByKeyAndWindow((a, b) -> a + b, (a, b) -> a - b, window, slide));
        assertEquals(
                "reduceByKeyAndWindow of '" + pairs.id() + "': " + duration
                        + " must be a multiple of the slide duration of its parent (2000 ms); try 2000 or 4000 ms",
                refused.getMessage());
    }
}
