package io.millrace.engine.lane;

import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.LongColumn;

/** {@code Typed.not}: turns the answers of another loop round, in that loop's own column. */
final class NotLoop extends TextLoop {
    private final TextLoop test;
    private final LongColumn answers;

    /** @param test whose column is of type BOOLEAN */
    NotLoop(TextLoop test) {
        this.test = test;
        this.answers = (LongColumn) test.column();
    }

    @Override
    LongColumn column() {
        return answers;
    }

    @Override
    void begin(BytesColumn texts) {
        test.begin(texts);
    }

    @Override
    int run(BytesColumn texts, int from, int to, int at) {
        int reached = test.run(texts, from, to, at);
        long[] values = answers.values();
        for (int row = at, end = at + reached - from; row < end; row++) {
            values[row] ^= 1;
        }
        return reached;
    }
}
