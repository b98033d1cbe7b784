package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.at;
import static io.millrace.testkit.Scenario.count;
import static io.millrace.testkit.Scenario.pair;

import io.millrace.api.PairDStream;
import io.millrace.api.Tuple2;
import io.millrace.testkit.Expectations;
import io.millrace.testkit.Scenario;
import io.millrace.testkit.Story;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Operators where they meet each other and their edges; their plain tables are in {@link BasicOperationsTest}. */
class OperatorsTest {
    private static Story<Integer> oneToTwelve() {
        return Scenario.batchesEvery(seconds(1))
                .records(List.of(1, 2, 3, 4), List.of(5, 6, 7, 8), List.of(9, 10, 11, 12));
    }

    private static Story<String> words() {
        return Scenario.batchesEvery(seconds(1)).records(List.of("a", "a", "b"), List.of("", ""), List.of());
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
    void reduceOfAnEmptyBatchGivesNothing() {
        Scenario.batchesEvery(seconds(1)).records(List.of(), List.of(7), List.<Integer>of()).stream(
                        numbers -> numbers.reduce((a, b) -> a + b))
                .expectNothing(at(1))
                .expect(at(2), 7)
                .expectNothing(at(3))
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

    private static Story<Tuple2<String, Integer>> scores() {
        return Scenario.batchesEvery(seconds(1))
                .records(List.of(pair("a", 1), pair("a", 3), pair("b", 4)), List.of(pair("a", 5), pair("a", 5)));
    }

    @Test
    void unionOfKeyedStreamsPutsTheOtherStreamsRecordsBehind() {
        scores().beside(List.of(1, 2))
                .streams((scores, numbers) -> scores.mapToPair(score -> score)
                        .filter(score -> score._2 > 4)
                        .union(numbers.mapToPair(number -> pair("c", number))))
                .expectOrdered(at(1), pair("c", 1), pair("c", 2))
                .expectOrdered(at(2), pair("a", 5), pair("a", 5))
                .run();
    }

    @Test
    void countByValueOfAKeyedStreamCountsWholePairs() {
        scores().stream(scores -> scores.mapToPair(score -> score).countByValue())
                .expect(at(1), count(pair("a", 1), 1), count(pair("a", 3), 1), count(pair("b", 4), 1))
                .expect(at(2), count(pair("a", 5), 2))
                .run();
    }

    @Test
    void countAndReduceOfAKeyedStreamTakeWholePairs() {
        scores().stream(scores -> scores.mapToPair(score -> score)
                        .reduce((a, b) -> pair("all", a._2 + b._2))
                        .union(scores.count().map(count -> pair("count", count.intValue()))))
                .expectOrdered(at(1), pair("all", 8), pair("count", 3))
                .expectOrdered(at(2), pair("all", 10), pair("count", 2))
                .run();
    }
}
