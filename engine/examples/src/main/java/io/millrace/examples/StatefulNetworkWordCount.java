package io.millrace.examples;

import io.millrace.api.DStream;
import io.millrace.api.Durations;
import io.millrace.api.MapWithStateDStream;
import io.millrace.api.PairDStream;
import io.millrace.api.State;
import io.millrace.api.StateSpec;
import io.millrace.api.StreamingContext;
import io.millrace.api.Tuple2;
import java.util.Arrays;
import java.util.Optional;

/**
 * Counts the words of all text so far, from a TCP server: {@code mapWithState} of the guide.
 *
 * <p>What it remembers is kept in memory and, beyond that, in Chronicle Map, for which {@code scripts/millrace} passes an agent to the
 * JVM; without it, say {@code -Dmillrace.state.store=resident}.
 */
public final class StatefulNetworkWordCount {
    private static final String USAGE = """
            Usage: StatefulNetworkWordCount [HOST PORT] [OPTION]...
            Counts the words of all text so far that a TCP server sends (try: nc -lk 9999).
            Without HOST and PORT, a server inside this program sends a text of its own, over and over.
            A word that does not come for a minute is forgotten.

              --snapshots   all words with their counts after each batch, instead of those of the batch
            """;

    private StatefulNetworkWordCount() {}

    /** Runs it; {@code --help} tells the arguments. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(USAGE, args);
        arguments.expectWords("HOST and PORT, or neither", 0, 2);
        String host = arguments.word(0, "127.0.0.1");
        int port = arguments.hasWords() ? arguments.port(1) : TextServer.start().port();
        StreamingContext context = new StreamingContext(arguments.conf("StatefulNetworkWordCount"), arguments.batch());

        DStream<String> lines = context.socketTextStream(host, port);
        PairDStream<String, Integer> ones = lines.flatMap(
                        line -> Arrays.asList(line.split(" ")).iterator())
                .mapToPair(word -> new Tuple2<>(word, 1));
        MapWithStateDStream<String, Integer, Integer, Tuple2<String, Integer>> counts = ones.mapWithState(
                StateSpec.function(StatefulNetworkWordCount::count).timeout(Durations.minutes(1)));
        if (arguments.has("--snapshots")) {
            counts.stateSnapshots().print(arguments.printed());
        } else {
            counts.print(arguments.printed());
        }

        Ending.afterBatches(arguments.batches(), counts);
        Ending.atInterrupt(context);
        context.start();
        context.awaitTermination();
    }

    /** The count of a word so far; also what is said of a word for the last time. */
    private static Tuple2<String, Integer> count(String word, Optional<Integer> one, State<Integer> count) {
        int sum = one.orElse(0) + count.getOption().orElse(0);
        if (!count.isTimingOut()) {
            count.update(sum);
        }
        return new Tuple2<>(word, sum);
    }
}
