package io.millrace.examples;

import io.millrace.api.Duration;
import io.millrace.api.PairDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Text;
import java.util.List;

/** The most frequent words of a sliding window: a window by key, sorted batch by batch in {@code transformToPair}. */
public final class TopWords {
    private static final int WINDOW_BATCHES = 5;
    private static final String USAGE = """
            Usage: TopWords [HOST PORT] [OPTION]...
            Tells the most frequent words of the last 5 batches of text that a TCP server sends (try: nc -lk 9999).
            Without HOST and PORT, a server inside this program sends a text of its own, over and over.

              --top K   how many words (default 3)
            """;

    private TopWords() {}

    /** Runs it; {@code --help} tells the arguments. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(USAGE, args);
        arguments.expectWords("HOST and PORT, or neither", 0, 2);
        String host = arguments.word(0, "127.0.0.1");
        int port = arguments.hasWords() ? arguments.port(1) : TextServer.start().port();
        int top = arguments.number("--top", 1).orElse(3);
        StreamingContext context = new StreamingContext(arguments.conf("TopWords"), arguments.batch());

        Duration window = arguments.batch().times(WINDOW_BATCHES);
        PairDStream<String, Long> counts = context.socketTextStream(host, port)
                .flatMap(Text.words())
                .countByValueAndWindow(window, arguments.batch());
        PairDStream<Long, String> sorted =
                counts.mapToPair(pair -> new Tuple2<>(pair._2, pair._1)).transformToPair(rdd -> rdd.sortByKey(false));
        sorted.foreachRDD((rdd, time) -> {
            List<Tuple2<Long, String>> most = rdd.take(top);
            System.out.println("top " + top + " at " + time + ": " + most);
        });

        Ending.afterBatches(arguments.batches(), counts);
        Ending.atInterrupt(context);
        context.start();
        context.awaitTermination();
    }
}
