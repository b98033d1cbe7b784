package io.millrace.examples;

import io.millrace.api.Duration;
import io.millrace.api.PairDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import java.util.Arrays;

/** Counts the words of a sliding window over the text that a TCP server sends: {@code reduceByKeyAndWindow} of the guide. */
public final class WindowedNetworkWordCount {
    private static final String USAGE = """
            Usage: WindowedNetworkWordCount [HOST PORT] [OPTION]...
            Counts the words of the last batches of text that a TCP server sends (try: nc -lk 9999).
            Without HOST and PORT, a server inside this program sends a text of its own, over and over.

              --window N    batches in a window (default 3)
              --slide N     batches between two windows (default 1)
              --inverse     what leaves is taken out of the last counts, instead of counting anew
            """;

    private WindowedNetworkWordCount() {}

    /** Runs it; {@code --help} tells the arguments. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(USAGE, args);
        arguments.expectWords("HOST and PORT, or neither", 0, 2);
        String host = arguments.word(0, "127.0.0.1");
        int port = arguments.hasWords() ? arguments.port(1) : TextServer.start().port();
        StreamingContext context = new StreamingContext(arguments.conf("WindowedNetworkWordCount"), arguments.batch());
        Duration window = arguments.batch().times(batches(arguments, "--window", 3));
        Duration slide = arguments.batch().times(batches(arguments, "--slide", 1));

        PairDStream<String, Integer> ones = context.socketTextStream(host, port)
                .flatMap(line -> Arrays.asList(line.split(" ")).iterator())
                .mapToPair(word -> new Tuple2<>(word, 1));
        PairDStream<String, Integer> counts = arguments.has("--inverse")
                ? ones.reduceByKeyAndWindow(
                        Reducers.sumInt(), Reducers.subtractInt(), window, slide, 2, pair -> pair._2 > 0)
                : ones.reduceByKeyAndWindow((a, b) -> a + b, window, slide);
        counts.print(arguments.printed());

        Ending.afterBatches(arguments.batches(), counts);
        Ending.atInterrupt(context);
        context.start();
        context.awaitTermination();
    }

    private static int batches(Arguments arguments, String option, int otherwise) {
        return arguments.number(option, 1).orElse(otherwise);
    }
}
