package io.millrace.testkit;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.at;
import static io.millrace.testkit.Scenario.count;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.UserFunctionException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScenarioTest {
    @Test
    void aStoryThatComesTrueIsSilent() {
        Scenario.batchesEvery(seconds(1)).words("a a b", "a", "").stream(words -> words.countByValue())
                .expect(at(1), count("a", 2), count("b", 1))
                .expect(at(2), count("a", 1))
                .expectNothing(at(3))
                .run();
    }

    @Test
    void aStoryThatDoesNotComeTrueNamesTheWayOfPlayingTheBatchAndTheDifference() {
        Expectations<?> story = Scenario.batchesEvery(seconds(1)).words("a", "a b b").stream(
                        words -> words.countByValue())
                .expect(at(1), count("a", 1))
                .expect(at(2), count("a", 1), count("c", 2));
        String message = assertThrows(AssertionError.class, story::run).getMessage();
        assertTrue(
                message.startsWith("played with 0 workers, all rows in one block, specialised lanes, pushStream: "
                        + "batch 2 (2000 ms): expected [(a,1), (c,2)] in any order, got "),
                message);
        assertTrue(message.contains("missing: [(c,2)], too much: [(b,2)]"), message);
        assertTrue(message.contains("in 24 of 24 ways"), message);
    }

    @Test
    void aBatchThatIsNotMentionedShouldGiveNothing() {
        Expectations<?> story = Scenario.batchesEvery(seconds(1)).words("a", "b").stream(words -> words)
                .expect(at(1), "a");
        assertTrue(assertThrows(AssertionError.class, story::run).getMessage().contains("batch 2 (2000 ms)"));
    }

    @Test
    void orderCountsWhereItIsAskedFor() {
        Scenario.batchesEvery(seconds(1)).words("x y z").stream(words -> words.map(word -> word + word))
                .expectOrdered(at(1), "xx", "yy", "zz")
                .run();
        Expectations<?> story = Scenario.batchesEvery(seconds(1)).words("x y").stream(words -> words)
                .expectOrdered(at(1), "y", "x");
        assertTrue(assertThrows(AssertionError.class, story::run).getMessage().contains("in this order"));
    }

    @Test
    void anErrorIsToldByItsClassAndWords() {
        Scenario.batchesEvery(seconds(1)).records(List.of(6, 3), List.of(1, 0), List.of(2)).stream(
                        numbers -> numbers.map(number -> 6 / number))
                .expect(at(1), 1, 2)
                .expectError(at(2), UserFunctionException.class, "map", "2000 ms", "record 0", "/ by zero")
                .expect(at(3), 3)
                .run();
        Expectations<?> story = Scenario.batchesEvery(seconds(1)).records(List.of(1)).stream(numbers -> numbers)
                .expectError(at(1), "zero");
        assertTrue(assertThrows(AssertionError.class, story::run).getMessage().contains("expected an error"));
    }

    @Test
    void linesKeepTheirBlanksAndTheirEmptyOnes() {
        Scenario.batchesEvery(seconds(1)).lines(" a b \n\nc", "", "\n").stream(lines -> lines)
                .expectOrdered(at(1), " a b ", "", "c")
                .expectNothing(at(2))
                .expectOrdered(at(3), "")
                .run();
    }

    @Test
    void recordsMayBeNullAndOfAnyClass() {
        Scenario.batchesEvery(seconds(1)).<Object>records(Arrays.asList(null, "a", 1, 2L, 'c', 0.5, List.of(7))).stream(
                        records -> records)
                .expectOrdered(at(1), null, "a", 1, 2L, 'c', 0.5, List.of(7))
                .run();
    }

    @Test
    void twoInputsComeSideBySide() {
        Scenario.batchesEvery(seconds(1))
                .words("a b", "", "c")
                .beside(List.of(1), List.of(2), List.of(), List.of(4))
                .streams((words, numbers) -> words.union(numbers.map(number -> "#" + number)))
                .expectOrdered(at(1), "a", "b", "#1")
                .expectOrdered(at(2), "#2")
                .expectOrdered(at(3), "c")
                .expectOrdered(at(4), "#4")
                .run();
    }

    @Test
    void aStoryMayLookAtKeyedRecords() {
        Scenario.batchesEvery(seconds(1)).words("a bb a").stream(words ->
                        words.mapToPair(word -> pair(word, word.length())).reduceByKey((a, b) -> a + b))
                .expect(at(1), pair("a", 2), pair("bb", 2))
                .run();
    }

    @Test
    void anErrorThatBelongsToNoBatchFailsTheStory() {
        Expectations<?> story = Scenario.batchesEvery(seconds(1)).words("a").stream(ScenarioTest::withABrokenOutput)
                .expect(at(1), "a");
        assertTrue(assertThrows(AssertionError.class, story::run).getMessage().contains("another output broke"));
    }

    private static DStream<String> withABrokenOutput(DStream<String> words) {
        words.foreachRDD(rdd -> {
            throw new IllegalStateException("another output broke");
        });
        return words;
    }

    @Test
    void aStoryIsToldOnce() {
        Expectations<String> story = Scenario.batchesEvery(seconds(1)).words("a").stream(words -> words)
                .expect(at(1), "a");
        assertThrows(IllegalArgumentException.class, () -> story.expect(at(1), "b"));
        assertThrows(IllegalArgumentException.class, () -> at(0));
        Expectations<String> empty = Scenario.batchesEvery(seconds(1)).words().stream(words -> words);
        assertThrows(IllegalArgumentException.class, empty::run);
    }
}
