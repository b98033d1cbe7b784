package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.at;
import static io.millrace.testkit.Scenario.count;
import static io.millrace.testkit.Scenario.pair;

import io.millrace.api.PairDStream;
import io.millrace.testkit.Expectations;
import io.millrace.testkit.Scenario;
import io.millrace.testkit.Story;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The operators of plain streams, on the tables of Spark's basic operations suite (behaviour spec 5.1). */
class OperatorsTest {
    private static Story<Integer> oneToTwelve() {
        return Scenario.batchesEvery(seconds(1))
                .records(List.of(1, 2, 3, 4), List.of(5, 6, 7, 8), List.of(9, 10, 11, 12));
    }

    private static Story<String> words() {
        return Scenario.batchesEvery(seconds(1)).records(List.of("a", "a", "b"), List.of("", ""), List.of());
    }

    @Test
    void mapGivesOneRecordForEachInOrder() {
        oneToTwelve().stream(numbers -> numbers.map(number -> number.toString()))
                .expectOrdered(at(1), "1", "2", "3", "4")
                .expectOrdered(at(2), "5", "6", "7", "8")
                .expectOrdered(at(3), "9", "10", "11", "12")
                .run();
    }

    @Test
    void flatMapGivesAnyNumberOfRecordsForEachInOrder() {
        oneToTwelve().stream(numbers -> numbers.flatMap(x -> List.of(x, 2 * x).iterator()))
                .expectOrdered(at(1), 1, 2, 2, 4, 3, 6, 4, 8)
                .expectOrdered(at(2), 5, 10, 6, 12, 7, 14, 8, 16)
                .expectOrdered(at(3), 9, 18, 10, 20, 11, 22, 12, 24)
                .run();
    }

    @Test
    void filterKeepsWhatTheFunctionSaysYesTo() {
        oneToTwelve().stream(numbers -> numbers.filter(number -> number % 2 == 0))
                .expectOrdered(at(1), 2, 4)
                .expectOrdered(at(2), 6, 8)
                .expectOrdered(at(3), 10, 12)
                .run();
    }

    @Test
    void reduceByKeyGivesOneRecordPerKeyAndBatch() {
        words().stream(words -> words.mapToPair(word -> pair(word, 1)).reduceByKey((a, b) -> a + b))
                .expect(at(1), pair("a", 2), pair("b", 1))
                .expect(at(2), pair("", 2))
                .expectNothing(at(3))
                .run();
    }

    @Test
    void reduceByKeyDoesNotCallItsFunctionForAKeyWithOneValue() {
        Scenario.batchesEvery(seconds(1)).words("a b c").stream(
                        words -> words.mapToPair(word -> pair(word, 1)).reduceByKey((a, b) -> {
                            throw new IllegalStateException("called with " + a + " and " + b);
                        }))
                .expect(at(1), pair("a", 1), pair("b", 1), pair("c", 1))
                .run();
    }

    @Test
    void reduceMakesABatchOneRecord() {
        oneToTwelve().stream(numbers -> numbers.reduce((a, b) -> a + b))
                .expect(at(1), 10)
                .expect(at(2), 26)
                .expect(at(3), 42)
                .run();
    }

    @Test
    void reduceOfAnEmptyBatchGivesNothing() {
        Scenario.batchesEvery(seconds(1)).records(List.of(), List.of(7), List.<Integer>of()).stream(
                        numbers -> numbers.reduce((a, b) -> a + b))
                .expectNothing(at(1))
                .expect(at(2), 7)
                .expectNothing(at(3))
                .run();
    }

    @Test
    void countGivesOneNumberPerBatchAndZeroForAnEmptyOne() {
        Scenario.batchesEvery(seconds(1))
                .records(List.of(), List.of(1), List.of(1, 2), List.of(1, 2, 3), List.of(1, 2, 3, 4))
                .stream(numbers -> numbers.count())
                .expect(at(1), 0L)
                .expect(at(2), 1L)
                .expect(at(3), 2L)
                .expect(at(4), 3L)
                .expect(at(5), 4L)
                .run();
    }

    @Test
    void countByValueCountsEachDistinctRecord() {
        Scenario.batchesEvery(seconds(1))
                .records(List.of(1), List.of(1, 1, 1), List.of(1, 2), List.of(1, 1, 2, 2), List.of())
                .stream(numbers -> numbers.countByValue())
                .expect(at(1), count(1, 1))
                .expect(at(2), count(1, 3))
                .expect(at(3), count(1, 1), count(2, 1))
                .expect(at(4), count(1, 2), count(2, 2))
                .expectNothing(at(5))
                .run();
    }

    @Test
    void mapValuesChangesValuesAndKeepsKeys() {
        words().stream(words -> words.mapToPair(word -> pair(word, 1))
                        .reduceByKey((a, b) -> a + b)
                        .mapValues(value -> value + 10))
                .expect(at(1), pair("a", 12), pair("b", 11))
                .expect(at(2), pair("", 12))
                .expectNothing(at(3))
                .run();
    }

    @Test
    void unionGivesTheRecordsOfBothThisStreamFirst() {
        Scenario.batchesEvery(seconds(1))
                .records(List.of(1, 2, 3, 4), List.of(101, 102, 103, 104), List.of(201, 202, 203, 204))
                .stream(numbers -> numbers.union(numbers.map(x -> x + 4)))
                .expectOrdered(at(1), 1, 2, 3, 4, 5, 6, 7, 8)
                .expectOrdered(at(2), 101, 102, 103, 104, 105, 106, 107, 108)
                .expectOrdered(at(3), 201, 202, 203, 204, 205, 206, 207, 208)
                .run();
    }

    @Test
    void unionsMayBeNestedAndCountARecordAsOftenAsItIsReached() {
        oneToTwelve().stream(numbers -> numbers.union(numbers.map(x -> x + 4))
                        .union(numbers.map(x -> x + 8))
                        .union(numbers)
                        .filter(x -> x <= 4))
                .expectOrdered(at(1), 1, 2, 3, 4, 1, 2, 3, 4)
                .run();
    }

    @Test
    void unionMayBringPlainAndReducedStreamsTogether() {
        oneToTwelve().stream(numbers -> numbers.reduce((a, b) -> a + b)
                        .union(numbers.count().map(count -> count.intValue()))
                        .union(numbers.filter(x -> x > 11)))
                .expectOrdered(at(1), 10, 4)
                .expectOrdered(at(2), 26, 4)
                .expectOrdered(at(3), 42, 4, 12)
                .run();
    }

    @Test
    void whatIsReducedMayBeReducedAgain() {
        Scenario.batchesEvery(seconds(1)).words("a a b b b c", "", "d").stream(words -> words.countByValue()
                        .mapToPair(counted -> pair(counted._2 % 2 == 0, counted._2))
                        .reduceByKey((a, b) -> a + b)
                        .countByValue()
                        .count())
                .expect(at(1), 2L)
                .expect(at(2), 0L)
                .expect(at(3), 1L)
                .run();
    }

    @Test
    void aStreamMayBeReadByManyOthers() {
        words().stream(words -> {
                    PairDStream<String, Integer> counts =
                            words.mapToPair(word -> pair(word, 1)).reduceByKey((a, b) -> a + b);
                    return counts.union(counts.mapValues(x -> -x)).union(counts);
                })
                .expect(at(1), pair("a", 2), pair("a", -2), pair("a", 2), pair("b", 1), pair("b", -1), pair("b", 1))
                .expect(at(2), pair("", 2), pair("", -2), pair("", 2))
                .run();
    }

    @Test
    void reduceByKeyKeepsToTheNumberOfPartitionsItIsGiven() {
        words().stream(words -> words.mapToPair(word -> pair(word, 1)).reduceByKey((a, b) -> a + b, 7))
                .expect(at(1), pair("a", 2), pair("b", 1))
                .expect(at(2), pair("", 2))
                .run();
    }

    @Test
    void batchesOfAboutAChunksLengthLoseNothing() {
        List<List<Integer>> batches = IntStream.of(1023, 1024, 1025, 2048, 2049)
                .mapToObj(size -> IntStream.range(0, size).boxed().toList())
                .toList();
        Expectations<Integer> story = Scenario.batchesEvery(seconds(3))
                .records(batches.get(0), batches.get(1), batches.get(2), batches.get(3), batches.get(4))
                .stream(numbers -> numbers.map(number -> number * 2)
                .mapToPair(number -> pair(number % 10, number))
                .map(keyed -> keyed._2 / 2));
        for (int batch = 0; batch < batches.size(); batch++) {
            story.expectOrdered(at(batch + 1), batches.get(batch).toArray(Integer[]::new));
        }
        story.run();
    }
}
