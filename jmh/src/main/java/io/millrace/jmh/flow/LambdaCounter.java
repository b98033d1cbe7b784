package io.millrace.jmh.flow;

import io.millrace.api.Tuple2;
import io.millrace.jmh.data.Lines;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.ObjLongConsumer;

/** The plain lambdas over a {@link HashMap}. */
final class LambdaCounter implements BareFlow.Counter {
    private final Lines lines;
    private final String[] strings;
    private final BiFunction<Integer, Integer, Integer> merge = LambdaCounter::sum;
    private final Map<String, Integer> counts = new HashMap<>();

    /** @param strings the lines as text, or null to decode each one when it is counted */
    LambdaCounter(Lines lines, String[] strings) {
        this.lines = lines;
        this.strings = strings;
    }

    private static Integer sum(Integer left, Integer right) {
        try {
            return WordCount.SUM.call(left, right);
        } catch (Exception thrown) {
            throw new IllegalStateException(thrown);
        }
    }

    @Override
    public void count(int chunk) throws Exception {
        int start = chunk * Lines.CHUNK_LINES;
        if (strings == null) {
            for (int line = start; line < start + Lines.CHUNK_LINES; line++) {
                count(lines.line(line));
            }
        } else {
            for (int line = start; line < start + Lines.CHUNK_LINES; line++) {
                count(strings[line]);
            }
        }
    }

    private void count(String line) throws Exception {
        Iterator<String> words = WordCount.SPLIT.call(line);
        while (words.hasNext()) {
            Tuple2<String, Integer> pair = WordCount.PAIR.call(words.next());
            counts.merge(pair._1, pair._2, merge);
        }
    }

    @Override
    public void drainTo(ObjLongConsumer<String> totals) {
        counts.forEach(totals::accept);
        counts.clear();
    }
}
