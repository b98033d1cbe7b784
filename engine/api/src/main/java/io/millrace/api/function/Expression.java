package io.millrace.api.function;

import io.millrace.type.RecordType;

/**
 * What a {@link Recognised} function means, as data. The local engine turns it into a loop; whoever does not know an
 * expression calls the function itself, which means the same.
 */
public sealed interface Expression {

    /** Any expression that answers true or false. */
    sealed interface Test extends Expression {}

    /** Text to its parts, cut at {@code separator}; exactly {@link String#split(String)} of that one character. */
    record Split(char separator) implements Expression {}

    /** Text to its words, cut at runs of ASCII white space; no word is empty. */
    record Words() implements Expression {}

    /** Text to its lines, as {@link String#lines()} cuts them. */
    record Lines() implements Expression {}

    /** Where a text may stand in another. */
    enum Place {
        /** Anywhere. */
        ANYWHERE,
        /** At the beginning. */
        START,
        /** At the end. */
        END,
        /** From beginning to end. */
        WHOLE
    }

    /** Text to whether {@code text}, which holds no lone surrogate, stands at that place of it. */
    record Match(Place place, String text) implements Test {}

    /** Text to whether it has no {@link Words word}. */
    record IsBlank() implements Test {}

    /** Any record to whether {@code test} does not hold for it. */
    record Not(ToBoolean<?> test) implements Test {}

    /** Text to its {@link String#trim}. */
    record Trim() implements Expression {}

    /** Text to upper or lower case, as {@link java.util.Locale#ROOT} has it. */
    record ToCase(boolean upper) implements Expression {}

    /** Text to its {@link String#length}, an INT. */
    record Length() implements Expression {}

    /** Text to the number of {@code type} (INT, LONG or DOUBLE) that it is, as that class's {@code parse} reads it. */
    record Parse(RecordType type) implements Expression {}

    /** Text to its field {@code index}, counted from 0, where every {@code delimiter} ends a field. */
    record Field(int index, char delimiter) implements Expression {}

    /** Text to what {@code function} makes of one of its fields. */
    record OfField(Field field, Function<String, ?> function) implements Expression {}

    /** Any record to the pair (record, {@code value}); {@code value} may be null. */
    record PairWith(Object value) implements Expression {}

    /**
     * Any record to a value of {@code type} (INT, LONG, DOUBLE or BOOLEAN); the function is a {@link ToInt}, {@link
     * ToLong}, …
     */
    record ToLane(RecordType type) implements Expression {}

    /** Any record to the pair of what two functions make of it. */
    record PairOf(Function<?, ?> key, Function<?, ?> value) implements Expression {}

    /** Any record to a pair of two longs. */
    record LongPair(ToLong<?> key, ToLong<?> value) implements Expression {}

    /**
     * Two values to their sum, wrapping round as Java's {@code +} does; UNKNOWN is "of whatever class the numbers are".
     */
    record Sum(RecordType type) implements Expression {}

    /** Two values of {@code type} (INT, LONG or DOUBLE) to the first less the second, wrapping round as Java's {@code -} does. */
    record Difference(RecordType type) implements Expression {}

    /** A key's values in a batch and its state before to what {@code merge} makes of all of them, the state first. */
    record Running(Function2<?, ?, ?> merge) implements Expression {}

    /** A keyed number (Integer or Long) to whether it is not zero. */
    record NotZero() implements Expression {}

    /** Two values of {@code type} (INT, LONG or DOUBLE) to the lesser, as {@link Math#min} has it. */
    record Min(RecordType type) implements Expression {}

    /** Two values of {@code type} (INT, LONG or DOUBLE) to the greater, as {@link Math#max} has it. */
    record Max(RecordType type) implements Expression {}

    /**
     * Two values of {@code type} to one, by the function itself: an {@link IntMerge}, {@link LongMerge} or {@link
     * DoubleMerge}.
     */
    record Merge(RecordType type) implements Expression {}
}
