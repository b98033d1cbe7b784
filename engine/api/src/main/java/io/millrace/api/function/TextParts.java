package io.millrace.api.function;

import java.util.Iterator;

/** The functions of {@link Text} that cut texts into parts. */
final class TextParts {

    private TextParts() {}

    record Split(char separator) implements FlatMapFunction<String, String>, Recognised {

        Split {
            if (Character.isSurrogate(separator)) {
                throw new IllegalArgumentException("separator " + Quoted.hex(separator)
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
            return "Text.split(" + Quoted.character(separator) + ")";
        }
    }

    record Words() implements FlatMapFunction<String, String>, Recognised {

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

    record Lines() implements FlatMapFunction<String, String>, Recognised {

        @Override
        public Iterator<String> call(String text) {
            return text.lines().iterator();
        }

        @Override
        public Expression expression() {
            return new Expression.Lines();
        }

        @Override
        public String toString() {
            return "Text.lines()";
        }
    }
}
