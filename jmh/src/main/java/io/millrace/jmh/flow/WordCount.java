package io.millrace.jmh.flow;

import io.millrace.api.DStream;
import io.millrace.api.PairDStream;
import io.millrace.api.Tuple2;
import io.millrace.api.function.FlatMapFunction;
import io.millrace.api.function.Function2;
import io.millrace.api.function.PairFunction;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import java.util.Arrays;

/** The program: the guide's lambdas, letter for letter, and the same in recognised functions. */
final class WordCount {
    static final FlatMapFunction<String, String> SPLIT =
            x -> Arrays.asList(x.split(" ")).iterator();
    static final PairFunction<String, String, Integer> PAIR = s -> new Tuple2<>(s, 1);
    static final Function2<Integer, Integer, Integer> SUM = (i1, i2) -> i1 + i2;

    private WordCount() {}

    static PairDStream<String, Integer> of(DStream<String> lines, boolean recognised) {
        return recognised
                ? lines.flatMap(Text.split(' ')).mapToPair(Text.pairWith(1)).reduceByKey(Reducers.sumInt())
                : lines.flatMap(SPLIT).mapToPair(PAIR).reduceByKey(SUM);
    }
}
