package io.millrace.api.function;

import java.io.Serializable;

/** Where a field stands: the {@code index}-th, from 0, of those that {@code delimiter}s end; see {@link Fields}. */
record FieldPlace(int index, char delimiter) implements Serializable {

    FieldPlace {
        if (index < 0) {
            throw new IllegalArgumentException("field " + index + " was asked for, expected 0 or more; 0 is the first");
        }
        if (Character.isSurrogate(delimiter)) {
            throw new IllegalArgumentException("delimiter " + Quoted.hex(delimiter)
                    + " is half of a surrogate pair, expected a whole character; use a lambda with String.split");
        }
    }

    /** The field of {@code text}. */
    String in(String text) {
        int start = startIn(text);
        return text.substring(start, endIn(text, start));
    }

    /** Where the field begins. */
    int startIn(String text) {
        int start = 0;
        for (int passed = 0; passed < index; passed++) {
            start = text.indexOf(delimiter, start) + 1;
            if (start == 0) {
                throw isMissing(text);
            }
        }
        return start;
    }

    /** Where the field that begins at {@code start} ends. */
    int endIn(String text, int start) {
        int found = text.indexOf(delimiter, start);
        return found < 0 ? text.length() : found;
    }

    private IllegalArgumentException isMissing(String text) {
        long fields = 1 + text.chars().filter(c -> c == delimiter).count();
        return new IllegalArgumentException("there is no field " + index + ": delimited by "
                + Quoted.character(delimiter) + ", " + Quoted.text(text) + " has "
                + (fields == 1 ? "one field, 0" : fields + " fields, 0 to " + (fields - 1))
                + "; filter such texts out, or ask for a field that is there");
    }

    /** What is thrown when the field is not the number it should be. */
    NumberFormatException isNo(String type, String text) {
        return new NumberFormatException("field " + index + ", delimited by " + Quoted.character(delimiter) + ", is "
                + Quoted.text(in(text)) + ", which is no " + type + ", in " + Quoted.text(text)
                + "; filter such texts out, or read the field with a lambda");
    }

    Expression.Field expression() {
        return new Expression.Field(index, delimiter);
    }

    /** {@code (2, ',')}, the arguments that made it. */
    @Override
    public String toString() {
        return "(" + index + ", " + Quoted.character(delimiter) + ")";
    }
}
