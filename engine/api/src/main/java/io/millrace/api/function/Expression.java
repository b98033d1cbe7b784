package io.millrace.api.function;

import io.millrace.type.RecordType;

/**
 * What a {@link Recognised} function means, as data. The local engine turns it into a loop; whoever does not know an
 * expression calls the function itself, which means the same.
 */
public sealed interface Expression {

    /** Text to its parts, cut at {@code separator}; exactly {@link String#split(String)} of that one character. */
    record Split(char separator) implements Expression {}

    /** Text to its words, cut at runs of ASCII white space; no word is empty. */
    record Words() implements Expression {}

    /** Text to whether {@code text} occurs in it. */
    record Contains(String text) implements Expression {}

    /** Text to whether it begins with {@code text}. */
    record StartsWith(String text) implements Expression {}

    /** Text to whether it ends with {@code text}. */
    record EndsWith(String text) implements Expression {}

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
