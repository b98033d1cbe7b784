package io.millrace.examples;

import io.millrace.api.Broadcast;
import io.millrace.api.LongAccumulator;
import io.millrace.api.MillraceContext;
import io.millrace.api.PairRDD;
import io.millrace.api.StreamingContext;
import io.millrace.api.Time;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts the words of all text so far, from a TCP server, and goes on where it was when it is started again: {@code getOrCreate} of the guide.
 * What was counted is in the checkpoint; a broadcast and an accumulator are not, and are made when they are first needed.
 */
public final class RecoverableNetworkWordCount {
    private static final String USAGE = """
            Usage: RecoverableNetworkWordCount DIRECTORY [HOST PORT] [OPTION]...
            Counts the words of all text so far that a TCP server sends (try: nc -lk 9999), without a few that are left out.
            DIRECTORY keeps the counts: end the program, in whatever way, start it again, and it goes on.
            Without HOST and PORT, a server inside this program sends a text of its own, over and over.
            """;

    private RecoverableNetworkWordCount() {}

    /** Words that are not counted, as the workers have them. Made once in a process, and again in the next one. */
    static final class DroppedWords {
        private static volatile Broadcast<List<String>> words;
        private static volatile LongAccumulator counter;

        private DroppedWords() {}

        static synchronized Broadcast<List<String>> words(MillraceContext context) {
            if (words == null) {
                words = context.broadcast(List.of("a", "b", "c"));
            }
            return words;
        }

        static synchronized LongAccumulator counter(MillraceContext context) {
            if (counter == null) {
                counter = context.longAccumulator("dropped words");
            }
            return counter;
        }
    }

    /** Runs it; {@code --help} tells the arguments. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(USAGE, args);
        arguments.expectWords("DIRECTORY, or DIRECTORY HOST PORT", 1, 3);
        String directory = arguments.word(0, "");
        StreamingContext context = StreamingContext.getOrCreate(directory, () -> create(arguments, directory));
        Ending.atInterrupt(context);
        context.start();
        context.awaitTermination();
    }

    /** The program; it is called by a process that goes on as well. */
    private static StreamingContext create(Arguments arguments, String directory) throws Exception {
        String host = arguments.word(1, "127.0.0.1");
        int port = arguments.hasWord(2) ? arguments.port(2) : TextServer.start().port();
        StreamingContext context =
                new StreamingContext(arguments.conf("RecoverableNetworkWordCount"), arguments.batch());
        context.checkpoint(directory);
        var counts = context.socketTextStream(host, port)
                .flatMap(line -> Arrays.asList(line.split(" ")).iterator())
                .mapToPair(word -> new Tuple2<>(word, 1))
                .updateStateByKey(Reducers.running(Reducers.sumInt()));
        counts.foreachRDD(RecoverableNetworkWordCount::print);
        Ending.afterBatches(arguments.batches(), counts);
        return context;
    }

    private static void print(PairRDD<String, Integer> counts, Time time) {
        Broadcast<List<String>> dropped = DroppedWords.words(counts.context());
        LongAccumulator counter = DroppedWords.counter(counts.context());
        Map<String, Integer> kept = new TreeMap<>();
        for (Tuple2<String, Integer> count : counts.collect()) {
            if (dropped.value().contains(count._1)) {
                counter.add(count._2);
            } else {
                kept.put(count._1, count._2);
            }
        }
        System.out.println("Counts at time " + time + " " + kept);
        System.out.println("Dropped " + counter.value() + " words in this process");
    }
}
