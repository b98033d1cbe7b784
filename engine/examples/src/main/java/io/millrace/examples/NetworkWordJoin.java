package io.millrace.examples;

import io.millrace.api.DStream;
import io.millrace.api.PairDStream;
import io.millrace.api.PairRDD;
import io.millrace.api.StreamingContext;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import java.util.List;

/**
 * Joins each batch with a dataset that was there before: the words of a text with a short list of words that sound good
 * or bad. Prints what each of them added to the mood of the batch, the strongest first.
 */
public final class NetworkWordJoin {
    private static final String USAGE = """
            Usage: NetworkWordJoin [HOST PORT] [OPTION]...
            Weighs the words of each batch of text by a list of good and bad ones, the strongest first.
            Without HOST and PORT, a server inside this program sends a text of its own, over and over.

            """;

    private static final List<Tuple2<String, Integer>> MOODS = List.of(
            new Tuple2<>("good", 3),
            new Tuple2<>("runs", 1),
            new Tuple2<>("turns", 1),
            new Tuple2<>("sings", 2),
            new Tuple2<>("groans", -2),
            new Tuple2<>("cries", -3),
            new Tuple2<>("without", -1));

    private NetworkWordJoin() {}

    /** Runs it; {@code --help} tells the arguments. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(USAGE, args);
        arguments.expectWords("HOST and PORT, or neither", 0, 2);
        String host = arguments.word(0, "127.0.0.1");
        int port = arguments.hasWords() ? arguments.port(1) : TextServer.start().port();
        StreamingContext context = new StreamingContext(arguments.conf("NetworkWordJoin"), arguments.batch());

        PairRDD<String, Integer> moods = context.millraceContext().parallelizePairs(MOODS);

        DStream<String> lines = context.socketTextStream(host, port);
        PairDStream<String, Integer> counts =
                lines.flatMap(Text.words()).mapToPair(Text.pairWith(1)).reduceByKey(Reducers.sumInt());
        PairDStream<String, Tuple2<Integer, Integer>> known = counts.transform(rdd -> rdd.join(moods));
        PairDStream<String, Integer> weights = known.mapValues(countAndMood -> countAndMood._1 * countAndMood._2);
        PairDStream<String, Integer> strongest = weights.transform(
                rdd -> rdd.mapToPair(Tuple2::swap).sortByKey(false).mapToPair(Tuple2::swap));
        strongest.print(arguments.printed());

        Ending.afterBatches(arguments.batches(), strongest);
        Ending.atInterrupt(context);
        context.start();
        context.awaitTermination();
    }
}
