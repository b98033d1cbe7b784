package io.millrace.api.function;

import java.util.Locale;

/** How texts and characters are shown in messages: in quotes, and never at length. */
final class Quoted {

    private static final int MOST_CHARS = 100;

    private Quoted() {}

    /** {@code "text"}, cut off behind its first {@value #MOST_CHARS} characters. */
    static String text(String text) {
        return text.length() <= MOST_CHARS
                ? '"' + text + '"'
                : '"' + text.substring(0, MOST_CHARS) + "…\" (" + text.length() + " characters)";
    }

    /** {@code 'c'}, or {@code U+0009} for what cannot be seen. */
    static String character(char c) {
        return c < ' ' || c > '~' ? hex(c) : "'" + c + "'";
    }

    static String hex(char c) {
        return String.format(Locale.ROOT, "U+%04X", (int) c);
    }
}
