package io.millrace.api.function;

import io.millrace.api.Tuple2;
import java.util.Iterator;
import java.util.Locale;

/**
 * Functions of text that the engine can run over a block's UTF-8 bytes, without making a {@link String}.
 *
 * <pre>{@code
 * lines.flatMap(Text.split(' ')).mapToPair(Text.pairWith(1)).reduceByKey(Reducers.sumInt());
 * }</pre>
 *
 * <p>On bytes and on strings they mean the same. For that a lone surrogate, which UTF-8 cannot hold, is refused as an
 * argument.
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
        return new Split(separator);
    }

    /**
     * Returns a function that gives the words of a text: what stands between runs of ASCII white space (space, tab,
     * line feed, vertical tab, form feed, carriage return). No word is empty; text of white space only gives nothing.
     */
    public static FlatMapFunction<String, String> words() {
        return Words.INSTANCE;
    }

    /**
     * Returns a predicate that holds where {@code text} occurs.
     *
     * @throws IllegalArgumentException if {@code text} holds a lone surrogate
     */
    public static ToBoolean<String> contains(String text) {
        return new Contains(text);
    }

    /**
     * Returns a predicate that holds for text beginning with {@code text}.
     *
     * @throws IllegalArgumentException if {@code text} holds a lone surrogate
     */
    public static ToBoolean<String> startsWith(String text) {
        return new StartsWith(text);
    }

    /**
     * Returns a predicate that holds for text ending with {@code text}.
     *
     * @throws IllegalArgumentException if {@code text} holds a lone surrogate
     */
    public static ToBoolean<String> endsWith(String text) {
        return new EndsWith(text);
    }

    /**
     * Returns a function that makes of each text the pair (text, {@code value}). The one value is shared by all pairs.
     */
    public static <V> PairFunction<String, String, V> pairWith(V value) {
        return new PairWith<>(value);
    }

    private static void requireWhole(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isPair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (isPair) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw new IllegalArgumentException("the text has a lone surrogate (" + hex(c) + ") at index " + i
                        + ", which UTF-8 cannot hold; use a lambda for such a search");
            }
        }
    }

    private static String hex(char c) {
        return String.format(Locale.ROOT, "U+%04X", (int) c);
    }

    private static String quote(char c) {
        return c < ' ' || c > '~' ? hex(c) : "'" + c + "'";
    }

    private record Split(char separator) implements FlatMapFunction<String, String>, Recognised {

        Split {
            if (Character.isSurrogate(separator)) {
                throw new IllegalArgumentException("separator " + hex(separator)
                        + " is half of a surrogate pair, expected a whole character; use a lambda with String.split");
            }
        }

        @Override
        public Iterator<String> call(String text) {
            return new SplitIterator(text, separator);
        }

        @Override
        public Expression expression() {
            return new Expression.Split(separator);
        }

        @Override
        public String toString() {
            return "Text.split(" + quote(separator) + ")";
        }
    }

    private enum Words implements FlatMapFunction<String, String>, Recognised {
        INSTANCE;

        @Override
        public Iterator<String> call(String text) {
            return new WordIterator(text);
        }

        @Override
        public Expression expression() {
            return new Expression.Words();
        }

        @Override
        public String toString() {
            return "Text.words()";
        }
    }

    private record Contains(String text) implements ToBoolean<String> {

        Contains {
            requireWhole(text);
        }

        @Override
        public boolean applyBoolean(String value) {
            return value.contains(text);
        }

        @Override
        public Expression expression() {
            return new Expression.Contains(text);
        }

        @Override
        public String toString() {
            return "Text.contains(\"" + text + "\")";
        }
    }

    private record StartsWith(String text) implements ToBoolean<String> {

        StartsWith {
            requireWhole(text);
        }

        @Override
        public boolean applyBoolean(String value) {
            return value.startsWith(text);
        }

        @Override
        public Expression expression() {
            return new Expression.StartsWith(text);
        }

        @Override
        public String toString() {
            return "Text.startsWith(\"" + text + "\")";
        }
    }

    private record EndsWith(String text) implements ToBoolean<String> {

        EndsWith {
            requireWhole(text);
        }

        @Override
        public boolean applyBoolean(String value) {
            return value.endsWith(text);
        }

        @Override
        public Expression expression() {
            return new Expression.EndsWith(text);
        }

        @Override
        public String toString() {
            return "Text.endsWith(\"" + text + "\")";
        }
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
