package io.millrace.engine.lane;

import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;

/**
 * A recognised function of one text as a loop: from a column of texts to a column of what they become. It means exactly what the
 * function means; where a text has no plain form it makes a String of it and does what the function does.
 *
 * <p>Owner: one worker.
 */
abstract class TextLoop {
    /** Where the results are; the same column at each call. */
    abstract Column column();

    /** Another chunk's texts come. */
    void begin(BytesColumn texts) {}

    /**
     * Put the results of rows {@code [from, to)} into the column, the first one at row {@code at}.
     *
     * @return {@code to}; or the first row for which the function throws, where the loop has stopped
     */
    abstract int run(BytesColumn texts, int from, int to, int at);
}
