package io.millrace.plan.type;

import static io.millrace.type.RecordType.BOOLEAN;
import static io.millrace.type.RecordType.DOUBLE;
import static io.millrace.type.RecordType.INT;
import static io.millrace.type.RecordType.LONG;
import static io.millrace.type.RecordType.REF;
import static io.millrace.type.RecordType.UNKNOWN;
import static io.millrace.type.RecordType.UTF8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.Tuple2;
import io.millrace.api.function.DoubleFunction;
import io.millrace.api.function.Fields;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.Function;
import io.millrace.api.function.Function0;
import io.millrace.api.function.Function2;
import io.millrace.api.function.PairFlatMapFunction;
import io.millrace.api.function.PairFunction;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import io.millrace.api.function.Typed;
import io.millrace.type.RecordType;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeclaredTypesTest {

    @Test
    void aLambdaTellsTheTypeItWasCompiledWith() {
        Function2<Integer, Integer, Integer> sum = (a, b) -> a + b;
        Function<String, Long> number = Long::valueOf;
        Function<String, Boolean> empty = text -> text.isEmpty();
        Function<String, String> trimmed = String::trim;
        Function0<Double> zero = () -> 0.0;
        assertEquals(INT, DeclaredTypes.resultOf(sum));
        assertEquals(LONG, DeclaredTypes.resultOf(number));
        assertEquals(BOOLEAN, DeclaredTypes.resultOf(empty));
        assertEquals(REF, DeclaredTypes.resultOf(trimmed));
        assertEquals(DOUBLE, DeclaredTypes.resultOf(zero));
    }

    @Test
    void aLambdaThatCapturesTellsItToo() {
        int offset = List.of(1, 2).size();
        Function<Integer, Integer> moved = value -> value + offset;
        assertEquals(INT, DeclaredTypes.resultOf(moved));
    }

    @Test
    void aFieldLiesWhereItsTextLiesAndANumberInItIsOneOfItsKind() {
        assertEquals(UTF8, DeclaredTypes.resultOf(Fields.textAt(1, ','), UTF8));
        assertEquals(REF, DeclaredTypes.resultOf(Fields.textAt(1, ','), REF));
        assertEquals(LONG, DeclaredTypes.resultOf(Fields.longAt(1, ','), UTF8));
        assertEquals(INT, DeclaredTypes.resultOf(Fields.intAt(1, ','), REF));
        assertEquals(DOUBLE, DeclaredTypes.resultOf(Fields.doubleAt(1, ',')));
        assertEquals(BOOLEAN, DeclaredTypes.resultOf(Fields.testAt(1, ',', Text.isBlank())));
        assertEquals(
                RecordType.pair(UTF8, LONG),
                DeclaredTypes.resultOf(Typed.pair(Fields.textAt(0, ','), Fields.longAt(1, ',')), UTF8));
    }

    @Test
    void whatIsMadeOfAWholeTextIsKnownToo() {
        assertEquals(UTF8, DeclaredTypes.resultOf(Text.lines(), UTF8));
        assertEquals(REF, DeclaredTypes.resultOf(Text.trim(), REF));
        assertEquals(UTF8, DeclaredTypes.resultOf(Text.lowerCase(), UTF8));
        assertEquals(INT, DeclaredTypes.resultOf(Text.length()));
        assertEquals(LONG, DeclaredTypes.resultOf(Text.parseLong()));
        assertEquals(BOOLEAN, DeclaredTypes.resultOf(Typed.not(Text.equalTo("a"))));
    }

    @Test
    void aLambdaOfErasedTypeTellsNothing() {
        assertEquals(UNKNOWN, DeclaredTypes.resultOf(identity()));
        Function<String, Number> number = Integer::valueOf;
        assertEquals(UNKNOWN, DeclaredTypes.resultOf(number));
    }

    @Test
    void aLambdaOfAPairTellsThatItIsOne() {
        PairFunction<String, String, Integer> one = word -> new Tuple2<>(word, 1);
        Function<String, Tuple2<String, Integer>> asRecord = word -> new Tuple2<>(word, 1);
        assertEquals(RecordType.pair(UNKNOWN, UNKNOWN), DeclaredTypes.resultOf(one));
        assertEquals(RecordType.pair(UNKNOWN, UNKNOWN), DeclaredTypes.resultOf(asRecord));
    }

    @Test
    void aLambdaOfManyTellsNothingOfOne() {
        FlatMapFunction<String, String> split = line -> List.of(line.split(" ")).iterator();
        assertEquals(UNKNOWN, DeclaredTypes.resultOf(split));
    }

    @Test
    void aClassTellsTheTypesItNames() {
        assertEquals(INT, DeclaredTypes.resultOf(new Length()));
        assertEquals(RecordType.pair(REF, LONG), DeclaredTypes.resultOf(new WordAndOne()));
        assertEquals(RecordType.pair(INT, DOUBLE), DeclaredTypes.resultOf(new Pairs()));
        assertEquals(REF, DeclaredTypes.resultOf(new Letters()));
        assertEquals(RecordType.pair(REF, RecordType.pair(INT, REF)), DeclaredTypes.resultOf(new Nested()));
    }

    @Test
    void aClassTellsTheTypesItsSuperclassLeftOpen() {
        assertEquals(LONG, DeclaredTypes.resultOf(new ToLongResult()));
        assertEquals(UNKNOWN, DeclaredTypes.resultOf(new Converter<String, Long>()));
        assertEquals(RecordType.pair(UNKNOWN, REF), DeclaredTypes.resultOf(new Labelled<Long>()));
    }

    @Test
    void aRawClassTellsNothing() {
        assertEquals(UNKNOWN, DeclaredTypes.resultOf(new Raw()));
    }

    @Test
    void anAnonymousClassTellsItsTypes() {
        assertEquals(INT, DeclaredTypes.resultOf(new Function<String, Integer>() {
            @Override
            public Integer call(String value) {
                return value.length();
            }
        }));
    }

    @Test
    void aFunctionOfDoublesIsKnownByItsKind() {
        DoubleFunction<String> number = Double::parseDouble;
        assertEquals(DOUBLE, DeclaredTypes.resultOf(number));
    }

    @Test
    void whatIsNoFunctionTellsNothing() {
        assertEquals(UNKNOWN, DeclaredTypes.resultOf("text"));
        assertEquals(UNKNOWN, DeclaredTypes.resultOf(null));
    }

    @Test
    void partsOfTextLieWhereTheTextLies() {
        assertEquals(UTF8, DeclaredTypes.resultOf(Text.split(' '), UTF8));
        assertEquals(REF, DeclaredTypes.resultOf(Text.words(), REF));
        assertEquals(UNKNOWN, DeclaredTypes.resultOf(Text.words()));
        assertEquals(BOOLEAN, DeclaredTypes.resultOf(Text.contains("a"), UTF8));
        assertEquals(RecordType.pair(UTF8, INT), DeclaredTypes.resultOf(Text.pairWith(1), UTF8));
    }

    @Test
    void typedFunctionsTellTheirLanes() {
        assertEquals(LONG, DeclaredTypes.resultOf(Typed.<String>toLong(Long::parseLong)));
        assertEquals(INT, DeclaredTypes.resultOf(Typed.<String>toInt(String::length)));
        assertEquals(LONG, DeclaredTypes.resultOf(Typed.longs((a, b) -> a + b)));
        assertEquals(
                RecordType.pair(LONG, LONG),
                DeclaredTypes.resultOf(Typed.<String>longPair(Long::parseLong, Long::parseLong)));
        Function<String, Integer> length = String::length;
        assertEquals(
                RecordType.pair(INT, DOUBLE),
                DeclaredTypes.resultOf(Typed.pair(length, Typed.toDouble(Double::parseDouble)), UTF8));
    }

    @Test
    void reducersTellTheirTypeAndSumTakesThatOfTheValues() {
        assertEquals(INT, DeclaredTypes.resultOf(Reducers.sumInt()));
        assertEquals(LONG, DeclaredTypes.resultOf(Reducers.minLong()));
        assertEquals(DOUBLE, DeclaredTypes.resultOf(Reducers.maxDouble()));
        assertEquals(INT, DeclaredTypes.resultOf(Reducers.sum(), INT));
        assertEquals(UNKNOWN, DeclaredTypes.resultOf(Reducers.sum()));
    }

    private static <T> Function<T, T> identity() {
        return value -> value;
    }

    private static final class Length implements Function<String, Integer> {
        @Override
        public Integer call(String value) {
            return value.length();
        }
    }

    private static final class WordAndOne implements PairFunction<String, String, Long> {
        @Override
        public Tuple2<String, Long> call(String value) {
            return new Tuple2<>(value, 1L);
        }
    }

    private static final class Pairs implements PairFlatMapFunction<String, Integer, Double> {
        @Override
        public Iterator<Tuple2<Integer, Double>> call(String value) {
            return List.of(new Tuple2<>(value.length(), 0.5)).iterator();
        }
    }

    private static final class Letters implements FlatMapFunction<String, Character> {
        @Override
        public Iterator<Character> call(String value) {
            return value.chars().mapToObj(c -> (char) c).iterator();
        }
    }

    private static final class Nested implements Function<String, Tuple2<String, Tuple2<Integer, String>>> {
        @Override
        public Tuple2<String, Tuple2<Integer, String>> call(String value) {
            return new Tuple2<>(value, new Tuple2<>(1, value));
        }
    }

    private static class Converter<A, B> implements Function<A, B> {
        @Override
        public B call(A value) {
            return null;
        }
    }

    private static class Relay<B> extends Converter<String, B> {}

    private static final class ToLongResult extends Relay<Long> {}

    private static final class Labelled<K> implements PairFunction<K, K, String> {
        @Override
        public Tuple2<K, String> call(K value) {
            return new Tuple2<>(value, "label");
        }
    }

    @SuppressWarnings("rawtypes")
    private static final class Raw implements Function {
        @Override
        public Object call(Object value) {
            return value;
        }
    }
}
