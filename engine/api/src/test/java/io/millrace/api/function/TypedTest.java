package io.millrace.api.function;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.api.Serialized;
import io.millrace.api.Tuple2;
import io.millrace.type.RecordType;
import org.junit.jupiter.api.Test;

class TypedTest {

    private record Event(long user, long bytes, String page) {}

    @Test
    void aTypedFunctionIsAnOrdinaryOneToo() throws Exception {
        Function<Event, Long> bytes = Typed.toLong(Event::bytes);
        Function<String, Integer> length = Typed.toInt(String::length);
        Function<String, Double> number = Typed.toDouble(Double::parseDouble);
        Function<String, Boolean> empty = Typed.test(String::isEmpty);
        assertEquals(12L, bytes.call(new Event(1, 12, "/")));
        assertEquals(3, length.call("abc"));
        assertEquals(0.5, number.call("0.5"));
        assertEquals(true, empty.call(""));
    }

    @Test
    void aTypedReducerIsAnOrdinaryOneToo() throws Exception {
        Function2<Long, Long, Long> longs = Typed.longs((a, b) -> a ^ b);
        Function2<Integer, Integer, Integer> ints = Typed.ints((a, b) -> a * b);
        Function2<Double, Double, Double> doubles = Typed.doubles((a, b) -> a * b);
        assertEquals(6L, longs.call(5L, 3L));
        assertEquals(15, ints.call(5, 3));
        assertEquals(7.5, doubles.call(2.5, 3.0));
    }

    @Test
    void aTypedFunctionIsTheLambdaItself() {
        ToLong<Event> lambda = Event::bytes;
        assertSame(lambda, Typed.toLong(lambda));
        assertThrows(NullPointerException.class, () -> Typed.toLong(null));
    }

    @Test
    void itsLaneCanBeRead() {
        assertEquals(
                new Expression.ToLane(RecordType.LONG),
                Typed.toLong(Event::bytes).expression());
        assertEquals(
                new Expression.ToLane(RecordType.INT),
                Typed.toInt(String::length).expression());
        assertEquals(
                new Expression.ToLane(RecordType.DOUBLE),
                Typed.toDouble(Double::parseDouble).expression());
        assertEquals(
                new Expression.ToLane(RecordType.BOOLEAN),
                Typed.test(String::isEmpty).expression());
        assertEquals(
                new Expression.Merge(RecordType.LONG),
                Typed.longs((a, b) -> a + b).expression());
        assertEquals(
                new Expression.Merge(RecordType.INT),
                Typed.ints((a, b) -> a + b).expression());
        assertEquals(
                new Expression.Merge(RecordType.DOUBLE),
                Typed.doubles((a, b) -> a + b).expression());
    }

    @Test
    void aPairHasItsKeyFirst() throws Exception {
        Function<Event, String> page = Event::page;
        Function<Event, Long> bytes = Event::bytes;
        PairFunction<Event, String, Long> pair = Typed.pair(page, bytes);
        assertEquals(new Tuple2<>("/a", 7L), pair.call(new Event(1, 7, "/a")));
        assertEquals(new Expression.PairOf(page, bytes), ((Recognised) pair).expression());
        assertEquals(pair, Typed.pair(page, bytes));
    }

    @Test
    void aLongPairHasItsKeyFirst() throws Exception {
        ToLong<Event> user = Event::user;
        ToLong<Event> bytes = Event::bytes;
        PairFunction<Event, Long, Long> pair = Typed.longPair(user, bytes);
        assertEquals(new Tuple2<>(1L, 7L), pair.call(new Event(1, 7, "/a")));
        assertEquals(new Expression.LongPair(user, bytes), ((Recognised) pair).expression());
    }

    @Test
    void theKindIsInferredWhereAFunctionOfAKnownRecordIsAskedFor() {
        Stream<Event> events = new Stream<>();
        assertEquals(
                new Expression.ToLane(RecordType.LONG),
                events.map(Typed.toLong(Event::bytes)).expression());
        assertEquals(
                new Expression.ToLane(RecordType.BOOLEAN),
                events.filter(Typed.test(e -> e.bytes() > 0)).expression());
        PairFunction<Event, Long, Long> pair = events.mapToPair(Typed.longPair(Event::user, e -> e.bytes() * 8));
        assertEquals(Expression.LongPair.class, ((Recognised) pair).expression().getClass());
    }

    @Test
    void aTypedLambdaSurvivesSerialization() throws Exception {
        PairFunction<Event, Long, Long> pair = Typed.longPair(Event::user, Event::bytes);
        assertEquals(new Tuple2<>(1L, 7L), Serialized.copyOf(pair).call(new Event(1, 7, "/a")));
        assertEquals(3L, Serialized.copyOf(Typed.longs((a, b) -> a + b)).merge(1, 2));
    }

    /** Asks for functions with the signatures a stream has. */
    private static final class Stream<T> {

        <R> Recognised map(Function<T, R> f) {
            return (Recognised) f;
        }

        Recognised filter(Function<T, Boolean> f) {
            return (Recognised) f;
        }

        <K, V> PairFunction<T, K, V> mapToPair(PairFunction<T, K, V> f) {
            return f;
        }
    }
}
