package io.millrace.examples;

import io.millrace.api.Broadcast;
import io.millrace.api.DStream;
import io.millrace.api.LongAccumulator;
import io.millrace.api.MillraceContext;
import io.millrace.api.PairDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.Tuple2;
import java.util.Arrays;
import java.util.List;

/**
 * Leaves out the words of a list and counts them: a broadcast and an accumulator, each made when it is first needed, so
 * that a program that is started again makes them again.
 */
public final class BlacklistFilter {
    private static final String USAGE = """
            Usage: BlacklistFilter [HOST PORT] [OPTION]...
            Counts words, leaves out those of a list, and tells how many it has left out since the start.
            Without HOST and PORT, a server inside this program sends a text of its own, over and over.

            """;

    private BlacklistFilter() {}

    private static final class Blacklist {
        private static Broadcast<List<String>> instance;

        static synchronized Broadcast<List<String>> getInstance(MillraceContext context) {
            if (instance == null) {
                instance = context.broadcast(List.of("the", "a", "and", "of", "to", "it"));
            }
            return instance;
        }
    }

    private static final class Dropped {
        private static LongAccumulator instance;

        static synchronized LongAccumulator getInstance(MillraceContext context) {
            if (instance == null) {
                instance = context.longAccumulator("dropped words");
            }
            return instance;
        }
    }

    /** Runs it; {@code --help} tells the arguments. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(USAGE, args);
        arguments.expectWords("HOST and PORT, or neither", 0, 2);
        String host = arguments.word(0, "127.0.0.1");
        int port = arguments.hasWords() ? arguments.port(1) : TextServer.start().port();
        StreamingContext context = new StreamingContext(arguments.conf("BlacklistFilter"), arguments.batch());

        DStream<String> lines = context.socketTextStream(host, port);
        DStream<String> words =
                lines.flatMap(line -> Arrays.asList(line.split(" ")).iterator());
        PairDStream<String, Integer> counts =
                words.mapToPair(word -> new Tuple2<>(word, 1)).reduceByKey((a, b) -> a + b);
        counts.foreachRDD((rdd, time) -> {
            Broadcast<List<String>> blacklist = Blacklist.getInstance(new MillraceContext(rdd.context()));
            LongAccumulator dropped = Dropped.getInstance(new MillraceContext(rdd.context()));
            List<Tuple2<String, Integer>> kept = rdd.filter(count -> {
                        if (blacklist.value().contains(count._1())) {
                            dropped.add(count._2());
                            return false;
                        }
                        return true;
                    })
                    .collect();
            System.out.println("Counts at time " + time + " " + kept + ", left out so far: " + dropped.value());
        });

        Ending.afterBatches(arguments.batches(), counts);
        Ending.atInterrupt(context);
        context.start();
        context.awaitTermination();
    }
}
