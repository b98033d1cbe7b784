package io.millrace.api.function;

import io.millrace.type.RecordType;
import java.util.Locale;

/** The functions of {@link Text} that make one value of a text. */
final class TextValues {

    private TextValues() {}

    private static NumberFormatException isNo(String type, String text) {
        return new NumberFormatException(
                Quoted.text(text) + " is no " + type + "; filter such texts out, or read them with a lambda");
    }

    record IsBlank() implements ToBoolean<String> {

        @Override
        public boolean applyBoolean(String text) {
            return !new WordIterator(text).hasNext();
        }

        @Override
        public Expression expression() {
            return new Expression.IsBlank();
        }

        @Override
        public String toString() {
            return "Text.isBlank()";
        }
    }

    record Trim() implements Function<String, String>, Recognised {

        @Override
        public String call(String text) {
            return text.trim();
        }

        @Override
        public Expression expression() {
            return new Expression.Trim();
        }

        @Override
        public String toString() {
            return "Text.trim()";
        }
    }

    record ToCase(boolean upper) implements Function<String, String>, Recognised {

        @Override
        public String call(String text) {
            return upper ? text.toUpperCase(Locale.ROOT) : text.toLowerCase(Locale.ROOT);
        }

        @Override
        public Expression expression() {
            return new Expression.ToCase(upper);
        }

        @Override
        public String toString() {
            return upper ? "Text.upperCase()" : "Text.lowerCase()";
        }
    }

    record Length() implements ToInt<String> {

        @Override
        public int applyInt(String text) {
            return text.length();
        }

        @Override
        public Expression expression() {
            return new Expression.Length();
        }

        @Override
        public String toString() {
            return "Text.length()";
        }
    }

    record ParseInt() implements ToInt<String> {

        @Override
        public int applyInt(String text) {
            try {
                return Integer.parseInt(text);
            } catch (NumberFormatException refused) {
                throw isNo("int", text);
            }
        }

        @Override
        public Expression expression() {
            return new Expression.Parse(RecordType.INT);
        }

        @Override
        public String toString() {
            return "Text.parseInt()";
        }
    }

    record ParseLong() implements ToLong<String> {

        @Override
        public long applyLong(String text) {
            try {
                return Long.parseLong(text);
            } catch (NumberFormatException refused) {
                throw isNo("long", text);
            }
        }

        @Override
        public Expression expression() {
            return new Expression.Parse(RecordType.LONG);
        }

        @Override
        public String toString() {
            return "Text.parseLong()";
        }
    }

    record ParseDouble() implements ToDouble<String> {

        @Override
        public double applyDouble(String text) {
            try {
                return Double.parseDouble(text);
            } catch (NumberFormatException refused) {
                throw isNo("double", text);
            }
        }

        @Override
        public Expression expression() {
            return new Expression.Parse(RecordType.DOUBLE);
        }

        @Override
        public String toString() {
            return "Text.parseDouble()";
        }
    }
}
