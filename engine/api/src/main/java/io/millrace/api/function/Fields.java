package io.millrace.api.function;

import java.util.Objects;

/**
 * Functions of one field of a delimited text, such as a line of comma- or tab-separated values. The engine runs them
 * over a block's UTF-8 bytes, without making a {@link String} of the text or of the field.
 *
 * <pre>{@code
 * // 1699999200,eu-west,418
 * lines.mapToPair(Typed.pair(Fields.textAt(1, ','), Fields.longAt(2, ','))).reduceByKey(Reducers.sumLong());
 * lines.filter(Fields.testAt(1, ',', Text.startsWith("eu-"))).map(Fields.doubleAt(2, ','));
 * }</pre>
 *
 * <p>Fields are counted from 0, and every delimiter ends one: {@code "a,,"} has the three fields {@code "a"},
 * {@code ""} and {@code ""}, and the empty text has one, which is empty. (That is not {@link Text#split}, which drops
 * empty parts at the end.) There are no quotes and no escapes, and nothing is trimmed.
 *
 * <p>A text without that field, or with one that is not as asked for, fails with an {@link IllegalArgumentException}
 * that names the field and the text. {@link Text} has the same functions of a whole text.
 */
public final class Fields {

    private Fields() {}

    /**
     * Returns a function that gives a field as it stands.
     *
     * @param i which field, from 0
     * @param d the delimiter; an ASCII character is the fastest
     * @throws IllegalArgumentException if {@code i} is negative or {@code d} is half of a surrogate pair
     */
    public static Function<String, String> textAt(int i, char d) {
        return new TextAt(new FieldPlace(i, d));
    }

    /**
     * Returns a function that gives the long a field is, as {@link Long#parseLong(String)} reads it; other text fails
     * with a {@link NumberFormatException}. For {@code i} and {@code d} see {@link #textAt}.
     */
    public static ToLong<String> longAt(int i, char d) {
        return new LongAt(new FieldPlace(i, d));
    }

    /**
     * Returns a function that gives the int a field is, as {@link Integer#parseInt(String)} reads it; other text fails
     * with a {@link NumberFormatException}. For {@code i} and {@code d} see {@link #textAt}.
     */
    public static ToInt<String> intAt(int i, char d) {
        return new IntAt(new FieldPlace(i, d));
    }

    /**
     * Returns a function that gives the double a field is, as {@link Double#parseDouble(String)} reads it (white space
     * around it is no matter there); other text fails with a {@link NumberFormatException}. For {@code i} and {@code d}
     * see {@link #textAt}. Plain decimals of up to 15 digits are the fastest.
     */
    public static ToDouble<String> doubleAt(int i, char d) {
        return new DoubleAt(new FieldPlace(i, d));
    }

    /**
     * Returns a predicate that holds where {@code test} holds for a field. For {@code i} and {@code d} see {@link
     * #textAt}.
     */
    public static ToBoolean<String> testAt(int i, char d, ToBoolean<String> test) {
        return new TestAt(new FieldPlace(i, d), Objects.requireNonNull(test, "test"));
    }

    private record TextAt(FieldPlace place) implements Function<String, String>, Recognised {

        @Override
        public String call(String text) {
            return place.in(text);
        }

        @Override
        public Expression expression() {
            return place.expression();
        }

        @Override
        public String toString() {
            return "Fields.textAt" + place;
        }
    }

    private record LongAt(FieldPlace place) implements ToLong<String> {

        @Override
        public long applyLong(String text) {
            int start = place.startIn(text);
            try {
                return Long.parseLong(text, start, place.endIn(text, start), 10);
            } catch (NumberFormatException refused) {
                throw place.isNo("long", text);
            }
        }

        @Override
        public Expression expression() {
            return new Expression.OfField(place.expression(), Text.parseLong());
        }

        @Override
        public String toString() {
            return "Fields.longAt" + place;
        }
    }

    private record IntAt(FieldPlace place) implements ToInt<String> {

        @Override
        public int applyInt(String text) {
            int start = place.startIn(text);
            try {
                return Integer.parseInt(text, start, place.endIn(text, start), 10);
            } catch (NumberFormatException refused) {
                throw place.isNo("int", text);
            }
        }

        @Override
        public Expression expression() {
            return new Expression.OfField(place.expression(), Text.parseInt());
        }

        @Override
        public String toString() {
            return "Fields.intAt" + place;
        }
    }

    private record DoubleAt(FieldPlace place) implements ToDouble<String> {

        @Override
        public double applyDouble(String text) {
            String field = place.in(text);
            try {
                return Double.parseDouble(field);
            } catch (NumberFormatException refused) {
                throw place.isNo("double", text);
            }
        }

        @Override
        public Expression expression() {
            return new Expression.OfField(place.expression(), Text.parseDouble());
        }

        @Override
        public String toString() {
            return "Fields.doubleAt" + place;
        }
    }

    private record TestAt(FieldPlace place, ToBoolean<String> test) implements ToBoolean<String> {

        @Override
        public boolean applyBoolean(String text) throws Exception {
            return test.applyBoolean(place.in(text));
        }

        @Override
        public Expression expression() {
            return new Expression.OfField(place.expression(), test);
        }

        @Override
        public String toString() {
            return "Fields.testAt(" + place.index() + ", " + Quoted.character(place.delimiter()) + ", " + test + ")";
        }
    }
}
