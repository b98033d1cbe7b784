package io.millrace.examples;

import io.millrace.api.DStream;
import io.millrace.api.MillraceConf;
import io.millrace.api.PairDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import java.util.Arrays;

/**
 * Counts the words of each batch of text that a TCP server sends: the first program of the guide.
 *
 * <p>Try it with {@code nc -lk 9999} in one terminal and
 * {@code scripts/millrace example NetworkWordCount 127.0.0.1 9999} in another, then type.
 */
public final class NetworkWordCount {
    private static final String USAGE = """
            Usage: NetworkWordCount [HOST PORT] [OPTION]...
            Counts the words of each batch of text that a TCP server sends (try: nc -lk 9999).
            Without HOST and PORT, a server inside this program sends a text of its own, over and over.

              --restart-delay-ms MS  pause before a server that is lost is tried again (default 2000)
              --recognised           the same program in functions that Millrace runs over the bytes
            """;

    private NetworkWordCount() {}

    /** Runs it; {@code --help} tells the arguments. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(USAGE, args);
        arguments.expectWords("HOST and PORT, or neither", 0, 2);
        String host = arguments.word(0, "127.0.0.1");
        int port = arguments.hasWords() ? arguments.port(1) : TextServer.start().port();

        MillraceConf conf = arguments.conf("NetworkWordCount");
        arguments
                .number("--restart-delay-ms", 0)
                .ifPresent(ms -> conf.set("millrace.streaming.receiverRestartDelay", ms + "ms"));
        StreamingContext context = new StreamingContext(conf, arguments.batch());

        DStream<String> lines = context.socketTextStream(host, port);
        PairDStream<String, Integer> counts = arguments.has("--recognised") ? recognised(lines) : plain(lines);
        counts.print(arguments.printed());

        Ending.afterBatches(arguments.batches(), counts);
        Ending.atInterrupt(context);
        context.start();
        context.awaitTermination();
    }

    /** The program as one writes it. */
    static PairDStream<String, Integer> plain(DStream<String> lines) {
        DStream<String> words =
                lines.flatMap(line -> Arrays.asList(line.split(" ")).iterator());
        PairDStream<String, Integer> pairs = words.mapToPair(word -> new Tuple2<>(word, 1));
        return pairs.reduceByKey((a, b) -> a + b);
    }

    /** The same program, with the same result, in functions that say what they do: no word becomes a {@code String}. */
    static PairDStream<String, Integer> recognised(DStream<String> lines) {
        DStream<String> words = lines.flatMap(Text.split(' '));
        PairDStream<String, Integer> pairs = words.mapToPair(Text.pairWith(1));
        return pairs.reduceByKey(Reducers.sumInt());
    }
}
