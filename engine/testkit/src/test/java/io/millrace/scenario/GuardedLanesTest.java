package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.at;
import static io.millrace.testkit.Scenario.count;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.PushInputDStream;
import io.millrace.api.Tuple2;
import io.millrace.api.UserFunctionException;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import io.millrace.api.function.Typed;
import io.millrace.testkit.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A lane is a guess: whatever does not fit turns it to objects, and the results stay what they were. */
class GuardedLanesTest {
    private static final String LONE_SURROGATE = "lone \ud800 one";

    @Test
    void keysOfAnotherClassInMidStreamStayDifferentKeys() {
        Scenario.batchesEvery(seconds(1))
                .<Object>records(
                        List.of(1, 1, 2), List.of(1, 1L, 1, 1L, "1"), Arrays.asList(1, null, 1.0, null), List.of(1, 1))
                .stream(records -> records.map(record -> record).countByValue())
                .expect(at(1), count(1, 2), count(2, 1))
                .expect(at(2), count(1, 2), count(1L, 2), count("1", 1))
                .expect(at(3), count(1, 1), count(null, 2), count(1.0, 1))
                .expect(at(4), count(1, 2))
                .run();
    }

    @Test
    void textBornAsBytesAndTextBornAsObjectsAreOneKey() {
        Scenario.batchesEvery(seconds(1)).words("a b", "a b a", "a").stream(
                        words -> words.union(words.map(word -> word)).countByValue())
                .expect(at(1), count("a", 2), count("b", 2))
                .expect(at(2), count("a", 4), count("b", 2))
                .expect(at(3), count("a", 2))
                .run();
    }

    @Test
    void keysOfDifferentLanesInTwoBranchesOfAUnionMeet() {
        Scenario.batchesEvery(seconds(1)).records(List.of(1, 2), List.of(3, 4, 5)).stream(numbers -> numbers.map(
                                number -> (Object) number)
                        .union(numbers.map(number -> (Object) Long.valueOf(number)))
                        .union(numbers.map(Typed.toInt(number -> number + 1)).map(number -> (Object) number))
                        .countByValue())
                .expect(at(1), count(1, 1), count(2, 2), count(3, 1), count(1L, 1), count(2L, 1))
                .expect(
                        at(2),
                        count(3, 1),
                        count(4, 2),
                        count(5, 2),
                        count(6, 1),
                        count(3L, 1),
                        count(4L, 1),
                        count(5L, 1))
                .run();
    }

    @Test
    void valuesOfAnotherClassInMidStreamAreReducedAsTheClassTheyCameAs() {
        Function2<Object, Object, Object> text = (a, b) -> sorted(a + "+" + b);
        Scenario.batchesEvery(seconds(1))
                .<Object>records(List.of(1, 2), Arrays.asList(1, 2L, null, 3), List.of(0.5, true), List.of(4))
                .stream(records ->
                        records.mapToPair(record -> pair("k", record)).reduceByKey(text))
                .expect(at(1), pair("k", "1+2"))
                .expect(at(2), pair("k", "1+2+3+null"))
                .expect(at(3), pair("k", "0.5+true"))
                .expect(at(4), pair("k", 4))
                .run();
    }

    private static String sorted(String sum) {
        String[] parts = sum.split("\\+");
        Arrays.sort(parts);
        return String.join("+", parts);
    }

    @Test
    void aReducerMayGiveAnotherClassThanItTakes() {
        Function2<Number, Number, Number> widening = (a, b) -> {
            long sum = a.longValue() + b.longValue();
            return sum > 100 ? (Number) sum : (Number) (int) sum;
        };
        Scenario.batchesEvery(seconds(1))
                .<Number>records(List.of(1, 2), List.of(60, 30, 20), List.of(5), List.of(2, 3))
                .stream(numbers -> numbers.mapToPair(number -> pair(number.intValue() % 1, number))
                        .reduceByKey(widening)
                        .map(reduced -> reduced._2)
                        .union(numbers.reduce(widening)))
                .expectOrdered(at(1), 3, 3)
                .expectOrdered(at(2), 110L, 110L)
                .expectOrdered(at(3), 5, 5)
                .expectOrdered(at(4), 5, 5)
                .run();
    }

    @Test
    void aReducerMayGiveNull() {
        Scenario.batchesEvery(seconds(1)).records(List.of(1, 2), List.of(7), List.of(3, 4, 5, 6)).stream(
                        numbers -> numbers.mapToPair(number -> pair("k", number))
                                .reduceByKey((a, b) -> null)
                                .map(reduced -> reduced._2)
                                .union(numbers.reduce((a, b) -> null)))
                .expectOrdered(at(1), null, null)
                .expectOrdered(at(2), 7, 7)
                .expectOrdered(at(3), null, null)
                .run();
    }

    @Test
    void aReducerOfDoublesFloatsAndBooleansKeepsTheirClasses() {
        Scenario.batchesEvery(seconds(1))
                .<Object>records(List.of(0.5, 0.25), List.of(0.5f, 0.25f), List.of(true, false), List.of(-0.0, -0.0))
                .stream(values -> values.mapToPair(value -> pair(1, value)).reduceByKey((a, b) -> {
                    if (a instanceof Double x) {
                        return x + (Double) b;
                    }
                    return a instanceof Float x ? (Object) (x + (Float) b) : (Object) ((Boolean) a && (Boolean) b);
                }))
                .expect(at(1), pair(1, 0.75))
                .expect(at(2), pair(1, 0.75f))
                .expect(at(3), pair(1, false))
                .expect(at(4), pair(1, -0.0))
                .run();
    }

    @Test
    void recognisedReducersMeanTheSameInEveryLane() {
        Scenario.batchesEvery(seconds(1))
                .records(List.of(Integer.MAX_VALUE, 1, 5), List.of(-3), List.of(-3, -2))
                .stream(numbers -> numbers.mapToPair(number -> pair("sum", number))
                        .reduceByKey(Reducers.sumInt())
                        .union(numbers.mapToPair(number -> pair("min", number)).reduceByKey(Reducers.minInt()))
                        .union(numbers.mapToPair(number -> pair("max", number)).reduceByKey(Reducers.maxInt()))
                        .union(numbers.mapToPair(number -> pair("any", number)).reduceByKey(Reducers.sum()))
                        .union(numbers.mapToPair(number -> pair("typed", number))
                                .reduceByKey(Typed.ints((a, b) -> a ^ b))))
                .expect(
                        at(1),
                        pair("sum", Integer.MIN_VALUE + 5),
                        pair("min", 1),
                        pair("max", Integer.MAX_VALUE),
                        pair("any", Integer.MIN_VALUE + 5),
                        pair("typed", Integer.MAX_VALUE ^ 1 ^ 5))
                .expect(at(2), pair("sum", -3), pair("min", -3), pair("max", -3), pair("any", -3), pair("typed", -3))
                .expect(at(3), pair("sum", -5), pair("min", -3), pair("max", -2), pair("any", -5), pair("typed", 3))
                .run();
    }

    @Test
    void aRecognisedReducerRefusesWhatItsPlainFormRefuses() {
        Scenario.batchesEvery(seconds(1))
                .<Number>records(List.of(1, 2), List.of(1L, 2L), List.of(1, 2L), List.of(3, 4))
                .stream(numbers ->
                        numbers.mapToPair(number -> pair("k", number)).reduceByKey(Reducers.sum()))
                .expect(at(1), pair("k", 3))
                .expect(at(2), pair("k", 3L))
                .expectError(at(3), UserFunctionException.class, "reduceByKey", "3000 ms", "cannot add")
                .expect(at(4), pair("k", 7))
                .run();
    }

    @Test
    void thousandsOfKeysTurnInMidChunk() {
        List<Object> keys = new ArrayList<>();
        List<Tuple2<Object, Long>> counts = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            keys.add(i < 1_500 ? (Object) i : (Object) ("k" + i));
            counts.add(count(keys.get(i), 1));
        }
        Scenario.batchesEvery(seconds(1)).<Object>records(keys, List.of(1)).stream(
                        records -> records.map(record -> record).countByValue())
                .expect(at(1), counts.<Tuple2<Object, Long>>toArray(GuardedLanesTest::tuples))
                .expect(at(2), count(1, 1))
                .run();
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static Tuple2<Object, Long>[] tuples(int size) {
        return new Tuple2[size];
    }

    @Test
    void aLaneTurnsOnceAndStaysTurned() {
        List<Object> counts = new ArrayList<>();
        try (Rig rig = new Rig(seconds(1), conf -> conf.setMaster("local[0]"))) {
            PushInputDStream<Object> records = rig.ssc.pushStream(Object.class);
            records.mapToPair(record -> pair(record, record))
                    .reduceByKey((a, b) -> a)
                    .foreachRecord((counted, time) -> counts.add(counted._1));
            rig.ssc.start();
            List.of(1, 2, 1).forEach(records::offer);
            rig.toBatch(1);
            assertEquals(0, rig.backend.laneMisses());
            List.of(1, "a", 1).forEach(records::offer);
            rig.toBatch(2);
            long misses = rig.backend.laneMisses();
            assertTrue(misses >= 2 && misses <= 4, "keys and values, in the chain and in the table: " + misses);
            List.of(2, "b", 0.5, 2L).forEach(records::offer);
            rig.toBatch(3);
            assertEquals(misses, rig.backend.laneMisses());
        }
        assertEquals(List.of(1, 2, 1, "a", 2, "b", 0.5, 2L), counts);
    }

    @Test
    void orderInAPartitionIsKeptWhereTextThatIsNoUtf8StandsAmongOthers() {
        List<String> lines = List.of("a one", "b one", LONE_SURROGATE, "c one", LONE_SURROGATE, "d one");
        Scenario.batchesEvery(seconds(1)).records(lines, List.of("e one")).stream(
                        texts -> texts.filter(Text.contains("one")).map(text -> text))
                .expectOrdered(at(1), "a one", "b one", LONE_SURROGATE, "c one", LONE_SURROGATE, "d one")
                .expectOrdered(at(2), "e one")
                .run();
    }

    @Test
    void orderInAPartitionIsKeptThroughSeveralRecognisedFunctions() {
        List<String> lines = List.of("a b", LONE_SURROGATE, "c d", LONE_SURROGATE, "e");
        Scenario.batchesEvery(seconds(1)).records(lines).stream(texts -> texts.flatMap(Text.split(' '))
                        .map(word -> word)
                        .filter(Text.contains(""))
                        .mapToPair(Text.pairWith(1))
                        .map(paired -> paired._1))
                .expectOrdered(at(1), "a", "b", "lone", "\ud800", "one", "c", "d", "lone", "\ud800", "one", "e")
                .run();
    }

    @Test
    void nullsGoThroughEveryLane() {
        Scenario.batchesEvery(seconds(1))
                .<Integer>records(Arrays.asList(1, null, 2), Collections.singletonList(null), List.of(3))
                .stream(numbers -> numbers.mapToPair(number -> pair(number, number))
                        .mapValues(number -> number == null ? null : number + 1)
                        .filter(kept -> true))
                .expectOrdered(at(1), pair(1, 2), pair(null, null), pair(2, 3))
                .expectOrdered(at(2), Scenario.<Integer, Integer>pair(null, null))
                .expectOrdered(at(3), pair(3, 4))
                .run();
    }
}
