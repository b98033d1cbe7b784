package io.millrace.api.function;

import java.util.Iterator;
import java.util.NoSuchElementException;

/** The parts of a text between separators, found one at a time; see {@link Text#split}. */
final class SplitIterator implements Iterator<String> {

    private final String text;
    private final char separator;
    /** Where the last part ends: separators behind it belong to dropped empty parts. */
    private final int end;
    /** Where the next part begins; beyond {@link #end} when there is none. */
    private int position;

    SplitIterator(String text, char separator) {
        this.text = text;
        this.separator = separator;
        int last = text.length();
        while (last > 0 && text.charAt(last - 1) == separator) {
            last--;
        }
        this.end = last;
        boolean isSeparatorsOnly = last == 0 && !text.isEmpty();
        this.position = isSeparatorsOnly ? 1 : 0;
    }

    @Override
    public boolean hasNext() {
        return position <= end;
    }

    @Override
    public String next() {
        if (position > end) {
            throw new NoSuchElementException("the text has no further part");
        }
        int begin = position;
        int found = text.indexOf(separator, begin);
        int stop = found < 0 || found > end ? end : found;
        position = stop + 1;
        return text.substring(begin, stop);
    }
}
