package io.millrace.guide;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.*;
import io.millrace.testkit.LoopbackFeed;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Spark's guide, "A Quick Example": the same calls, after the renames. */
@Timeout(60)
class PortedQuickExampleTest {
    private static void countWords(int port) throws InterruptedException {
        MillraceConf conf = new MillraceConf().setMaster("local[2]").setAppName("NetworkWordCount");
        StreamingContext jssc = new StreamingContext(conf, Durations.seconds(1));

        ReceiverInputDStream<String> lines = jssc.socketTextStream("localhost", port);
        DStream<String> words = lines.flatMap(x -> Arrays.asList(x.split(" ")).iterator());
        PairDStream<String, Integer> pairs = words.mapToPair(s -> new Tuple2<>(s, 1));
        PairDStream<String, Integer> wordCounts = pairs.reduceByKey((i1, i2) -> i1 + i2);
        wordCounts.print();

        jssc.start();
        jssc.awaitTermination();
    }

    @Test
    void theWordsOfALineAreCountedAndPrintedUnderTheTimeOfTheirBatch() throws Exception {
        try (LoopbackFeed feed = new LoopbackFeed();
                PrintedLines printed = new PrintedLines()) {
            feed.serve("hello world\n");
            CompletableFuture<Void> program = CompletableFuture.runAsync(() -> {
                try {
                    countWords(feed.port());
                } catch (InterruptedException interrupted) {
                    throw new AssertionError(interrupted);
                }
            });
            printed.awaitAll(List.of("(hello,1)", "(world,1)"));
            StreamingContext.getActive().orElseThrow().stop();
            program.get();
            String rule = "-------------------------------------------";
            assertTrue(
                    printed.text().contains(rule + "\nTime: … ms\n" + rule + "\n(hello,1)\n(world,1)\n")
                            || printed.text().contains(rule + "\nTime: … ms\n" + rule + "\n(world,1)\n(hello,1)\n"),
                    printed.text());
        }
    }
}
