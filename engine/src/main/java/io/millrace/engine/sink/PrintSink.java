package io.millrace.engine.sink;

import io.millrace.api.Time;
import io.millrace.engine.rdd.LocalDataset;
import java.util.List;

/** Prints the first rows of each batch on standard output, letter for letter as Spark does; one write per batch. */
final class PrintSink {
    private static final String RULE = "-".repeat(43);

    private final int rows;

    PrintSink(int rows) {
        this.rows = rows;
    }

    void print(LocalDataset<?> batch, Time time) {
        int wanted = rows == Integer.MAX_VALUE ? rows : rows + 1; // one more tells whether there are more
        List<?> first = batch.take(wanted);
        StringBuilder text = new StringBuilder();
        text.append(RULE).append('\n');
        text.append("Time: ").append(time).append('\n');
        text.append(RULE).append('\n');
        for (int row = 0; row < Math.min(rows, first.size()); row++) {
            text.append(first.get(row)).append('\n');
        }
        if (first.size() > rows) {
            text.append("...\n");
        }
        text.append('\n');
        System.out.print(text);
        System.out.flush();
    }
}
