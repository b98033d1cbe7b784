package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.at;
import static io.millrace.testkit.Scenario.count;
import static io.millrace.testkit.Scenario.pair;

import io.millrace.api.Tuple2;
import io.millrace.testkit.Scenario;
import io.millrace.testkit.Story;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same operators and those of keyed streams, on the tables of Spark's Java suites (behaviour spec 5.11). */
class JavaSuiteTest {
    private static Story<Integer> oneToNine() {
        return Scenario.batchesEvery(seconds(1)).records(List.of(1, 2, 3), List.of(4, 5, 6), List.of(7, 8, 9));
    }

    private static Story<String> teams() {
        return Scenario.batchesEvery(seconds(1)).records(List.of("giants", "dodgers"), List.of("yankees", "red sox"));
    }

    private static Story<Tuple2<String, Integer>> scores() {
        return Scenario.batchesEvery(seconds(1))
                .records(
                        List.of(pair("california", 1), pair("california", 3), pair("new york", 4), pair("new york", 1)),
                        List.of(
                                pair("california", 5),
                                pair("california", 5),
                                pair("new york", 3),
                                pair("new york", 1)));
    }

    private static Story<Tuple2<String, String>> players() {
        return Scenario.batchesEvery(seconds(1))
                .records(
                        List.of(
                                pair("california", "dodgers"),
                                pair("california", "giants"),
                                pair("new york", "yankees"),
                                pair("new york", "mets")),
                        List.of(pair("california", "sharks"), pair("new york", "rangers")));
    }

    @Test
    void countGivesTheSizeOfEachBatch() {
        Scenario.batchesEvery(seconds(1)).records(List.of(1, 2, 3, 4), List.of(3, 4, 5), List.of(3)).stream(
                        numbers -> numbers.count())
                .expect(at(1), 4L)
                .expect(at(2), 3L)
                .expect(at(3), 1L)
                .run();
    }

    @Test
    void mapGivesTheLengthOfEachWord() {
        Scenario.batchesEvery(seconds(1)).words("hello world", "goodnight moon").stream(
                        words -> words.map(String::length))
                .expectOrdered(at(1), 5, 5)
                .expectOrdered(at(2), 9, 4)
                .run();
    }

    @Test
    void filterKeepsWhatContainsALetter() {
        teams().stream(teams -> teams.filter(team -> team.contains("a")))
                .expectOrdered(at(1), "giants")
                .expectOrdered(at(2), "yankees")
                .run();
    }

    @Test
    void reduceAddsEachBatchUp() {
        oneToNine().stream(numbers -> numbers.reduce((a, b) -> a + b))
                .expect(at(1), 6)
                .expect(at(2), 15)
                .expect(at(3), 24)
                .run();
    }

    @Test
    void flatMapCutsWordsIntoLetters() {
        Scenario.batchesEvery(seconds(1)).words("go giants", "boo", "").stream(words ->
                        words.flatMap(word -> Arrays.asList(word.split("")).iterator()))
                .expectOrdered(at(1), "g", "o", "g", "i", "a", "n", "t", "s")
                .expectOrdered(at(2), "b", "o", "o")
                .run();
    }

    @Test
    void flatMapToPairGivesLettersWithTheLengthOfTheirWord() {
        Scenario.batchesEvery(seconds(1)).words("giants", "mets").stream(words ->
                        words.flatMapToPair(word -> Arrays.stream(word.split(""))
                                .map(letter -> pair(word.length(), letter))
                                .iterator()))
                .expectOrdered(
                        at(1), pair(6, "g"), pair(6, "i"), pair(6, "a"), pair(6, "n"), pair(6, "t"), pair(6, "s"))
                .expectOrdered(at(2), pair(4, "m"), pair(4, "e"), pair(4, "t"), pair(4, "s"))
                .run();
    }

    @Test
    void unionPutsTheOtherStreamsRecordsBehind() {
        Scenario.batchesEvery(seconds(1))
                .records(List.of(1, 1), List.of(2, 2), List.of(3, 3))
                .beside(List.of(4, 4), List.of(5, 5), List.of(6, 6))
                .streams((left, right) -> left.union(right))
                .expectOrdered(at(1), 1, 1, 4, 4)
                .expectOrdered(at(2), 2, 2, 5, 5)
                .expectOrdered(at(3), 3, 3, 6, 6)
                .run();
    }

    @Test
    void unionOfKeyedStreamsPutsTheOtherStreamsRecordsBehind() {
        scores().beside(List.of(1, 2))
                .streams((scores, numbers) -> scores.mapToPair(score -> score)
                        .filter(score -> score._2 > 4)
                        .union(numbers.mapToPair(number -> pair("texas", number))))
                .expectOrdered(at(1), pair("texas", 1), pair("texas", 2))
                .expectOrdered(at(2), pair("california", 5), pair("california", 5))
                .run();
    }

    @Test
    void filterOfAKeyedStreamSeesKeyAndValue() {
        teams().stream(teams ->
                        teams.mapToPair(team -> pair(team, team.length())).filter(named -> named._1.contains("a")))
                .expectOrdered(at(1), pair("giants", 6))
                .expectOrdered(at(2), pair("yankees", 7))
                .run();
    }

    @Test
    void mapToPairMaySwapKeyAndValue() {
        scores().stream(scores -> scores.mapToPair(Tuple2::swap))
                .expectOrdered(
                        at(1), pair(1, "california"), pair(3, "california"), pair(4, "new york"), pair(1, "new york"))
                .expectOrdered(
                        at(2), pair(5, "california"), pair(5, "california"), pair(3, "new york"), pair(1, "new york"))
                .run();
    }

    @Test
    void mapOfAKeyedStreamMayKeepTheValuesOnly() {
        scores().stream(scores -> scores.mapToPair(score -> score).map(score -> score._2))
                .expectOrdered(at(1), 1, 3, 4, 1)
                .expectOrdered(at(2), 5, 5, 3, 1)
                .run();
    }

    @Test
    void flatMapToPairMayChangeTheTypesOfKeyAndValue() {
        Scenario.batchesEvery(seconds(1)).records(List.of(pair("hi", 1), pair("ho", 2))).stream(pairs ->
                        pairs.mapToPair(pair -> pair)
                                .flatMapToPair(named -> Arrays.stream(named._1.split(""))
                                        .map(letter -> pair(named._2, letter))
                                        .iterator()))
                .expectOrdered(at(1), pair(1, "h"), pair(1, "i"), pair(2, "h"), pair(2, "o"))
                .run();
    }

    @Test
    void reduceByKeyAddsUpTheValuesOfEachKey() {
        scores().stream(scores -> scores.mapToPair(score -> score).reduceByKey((a, b) -> a + b))
                .expect(at(1), pair("california", 4), pair("new york", 5))
                .expect(at(2), pair("california", 10), pair("new york", 4))
                .run();
    }

    @Test
    void countByValueCountsEachDistinctWord() {
        Scenario.batchesEvery(seconds(1)).words("hello world", "hello moon", "hello").stream(
                        words -> words.countByValue())
                .expect(at(1), count("hello", 1), count("world", 1))
                .expect(at(2), count("hello", 1), count("moon", 1))
                .expect(at(3), count("hello", 1))
                .run();
    }

    @Test
    void countByValueOfAKeyedStreamCountsWholePairs() {
        scores().stream(scores -> scores.mapToPair(score -> score).countByValue())
                .expect(
                        at(1),
                        count(pair("california", 1), 1),
                        count(pair("california", 3), 1),
                        count(pair("new york", 4), 1),
                        count(pair("new york", 1), 1))
                .expect(
                        at(2),
                        count(pair("california", 5), 2),
                        count(pair("new york", 3), 1),
                        count(pair("new york", 1), 1))
                .run();
    }

    @Test
    void countAndReduceOfAKeyedStreamTakeWholePairs() {
        scores().stream(scores -> scores.mapToPair(score -> score)
                        .reduce((a, b) -> pair("all", a._2 + b._2))
                        .union(scores.count().map(count -> pair("count", count.intValue()))))
                .expectOrdered(at(1), pair("all", 9), pair("count", 4))
                .expectOrdered(at(2), pair("all", 14), pair("count", 4))
                .run();
    }

    @Test
    void mapValuesOfEachRecordKeepsItsKey() {
        players().stream(players -> players.mapToPair(player -> player).mapValues(name -> name.toUpperCase()))
                .expectOrdered(
                        at(1),
                        pair("california", "DODGERS"),
                        pair("california", "GIANTS"),
                        pair("new york", "YANKEES"),
                        pair("new york", "METS"))
                .expectOrdered(at(2), pair("california", "SHARKS"), pair("new york", "RANGERS"))
                .run();
    }
}
