package io.millrace.api.function;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** The words of a text, found one at a time; see {@link Text#words}. */
final class WordIterator implements Iterator<String> {

    private final String text;
    /** Where the next word begins; the text's length when there is none. */
    private int position;

    WordIterator(String text) {
        this.text = text;
        this.position = skipWhiteSpace(0);
    }

    @Override
    public boolean hasNext() {
        return position < text.length();
    }

    @Override
    public String next() {
        int begin = position;
        int end = begin;
        while (end < text.length() && !isWhiteSpace(text.charAt(end))) {
            end++;
        }
        if (end == begin) {
            throw new NoSuchElementException("the text has no further word");
        }
        position = skipWhiteSpace(end);
        return text.substring(begin, end);
    }

    private int skipWhiteSpace(int from) {
        int i = from;
        while (i < text.length() && isWhiteSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    /** Space, and tab (9) through carriage return (13): tab, line feed, vertical tab, form feed, carriage return. */
    private static boolean isWhiteSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
