package io.millrace.api.function;

import io.millrace.api.Tuple2;

/**
 * Functions of text that the engine can run over a block's UTF-8 bytes, without making a {@link String}.
 *
 * <pre>{@code
 * lines.flatMap(Text.split(' ')).mapToPair(Text.pairWith(1)).reduceByKey(Reducers.sumInt());
 * lines.filter(Typed.not(Text.startsWith("#"))).map(Text.lowerCase()).flatMap(Text.words());
 * }</pre>
 *
 * <p>On bytes and on strings they mean the same. For that a lone surrogate, which UTF-8 cannot hold, is refused as an
 * argument. {@link Fields} has functions of one field of a text.
 */
public final class Text {

    private Text() {}

    /**
     * Returns a function that cuts text at every {@code separator}, as {@link String#split(String)} of that one
     * character does: empty parts at the end are dropped, those at the beginning and in the middle stay, {@code ""}
     * gives one empty part, and text of separators only gives nothing. No regular expression is involved.
     *
     * @throws IllegalArgumentException if {@code separator} is half of a surrogate pair
     */
    public static FlatMapFunction<String, String> split(char separator) {
        return new TextParts.Split(separator);
    }

    /**
     * Returns a function that gives the words of a text: what stands between runs of ASCII white space (space, tab,
     * line feed, vertical tab, form feed, carriage return). No word is empty; text of white space only gives nothing.
     */
    public static FlatMapFunction<String, String> words() {
        return new TextParts.Words();
    }

    /**
     * Returns a function that gives the lines of a text, as {@link String#lines()} does: cut at {@code \n}, {@code \r}
     * or {@code \r\n}, and none behind the last of these.
     */
    public static FlatMapFunction<String, String> lines() {
        return new TextParts.Lines();
    }

    /**
     * Returns a predicate that holds where {@code text} occurs.
     *
     * @throws IllegalArgumentException if {@code text} holds a lone surrogate
     */
    public static ToBoolean<String> contains(String text) {
        return new TextMatch(Expression.Place.ANYWHERE, text);
    }

    /**
     * Returns a predicate that holds for text beginning with {@code text}.
     *
     * @throws IllegalArgumentException if {@code text} holds a lone surrogate
     */
    public static ToBoolean<String> startsWith(String text) {
        return new TextMatch(Expression.Place.START, text);
    }

    /**
     * Returns a predicate that holds for text ending with {@code text}.
     *
     * @throws IllegalArgumentException if {@code text} holds a lone surrogate
     */
    public static ToBoolean<String> endsWith(String text) {
        return new TextMatch(Expression.Place.END, text);
    }

    /**
     * Returns a predicate that holds for {@code text} and no other.
     *
     * @throws IllegalArgumentException if {@code text} holds a lone surrogate
     */
    public static ToBoolean<String> equalTo(String text) {
        return new TextMatch(Expression.Place.WHOLE, text);
    }

    /** Returns a predicate that holds for text without {@link #words}: empty, or nothing but ASCII white space. */
    public static ToBoolean<String> isBlank() {
        return new TextValues.IsBlank();
    }

    /** Returns a function that takes away what {@link String#trim} does: characters up to U+0020 at both ends. */
    public static Function<String, String> trim() {
        return new TextValues.Trim();
    }

    /** Returns a function that gives text in lower case, whatever the locale. */
    public static Function<String, String> lowerCase() {
        return new TextValues.ToCase(false);
    }

    /** Returns a function that gives text in upper case, whatever the locale. */
    public static Function<String, String> upperCase() {
        return new TextValues.ToCase(true);
    }

    /** Returns a function that gives the {@link String#length} of a text. */
    public static ToInt<String> length() {
        return new TextValues.Length();
    }

    /** Returns {@link Integer#parseInt(String)}; text that is no int fails with a {@link NumberFormatException}. */
    public static ToInt<String> parseInt() {
        return new TextValues.ParseInt();
    }

    /** Returns {@link Long#parseLong(String)}; text that is no long fails with a {@link NumberFormatException}. */
    public static ToLong<String> parseLong() {
        return new TextValues.ParseLong();
    }

    /**
     * Returns {@link Double#parseDouble(String)}; text that is no double fails with a {@link NumberFormatException}.
     */
    public static ToDouble<String> parseDouble() {
        return new TextValues.ParseDouble();
    }

    /**
     * Returns a function that makes of each text the pair (text, {@code value}). The one value is shared by all pairs.
     */
    public static <V> PairFunction<String, String, V> pairWith(V value) {
        return new PairWith<>(value);
    }

    private record PairWith<V>(V value) implements PairFunction<String, String, V>, Recognised {

        @Override
        public Tuple2<String, V> call(String text) {
            return new Tuple2<>(text, value);
        }

        @Override
        public Expression expression() {
            return new Expression.PairWith(value);
        }

        @Override
        public String toString() {
            return "Text.pairWith(" + value + ")";
        }
    }
}
