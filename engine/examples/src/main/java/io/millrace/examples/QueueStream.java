package io.millrace.examples;

import io.millrace.api.DStream;
import io.millrace.api.PairDStream;
import io.millrace.api.RDD;
import io.millrace.api.StreamingContext;
import io.millrace.api.Tuple2;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;

/** Feeds a stream from a queue of datasets, one per batch: the guide's way to try a program without a server. */
public final class QueueStream {
    private static final String USAGE = """
            Usage: QueueStream [OPTION]...
            Counts numbers by their last digit, in thirty datasets from a queue, one per batch.

            """;

    private static final int DATASETS = 30;

    private QueueStream() {}

    /** Runs it; {@code --help} tells the arguments. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(USAGE, args);
        arguments.expectWords("options alone", 0);
        StreamingContext context = new StreamingContext(arguments.conf("QueueStream"), arguments.batch());

        List<Integer> numbers = IntStream.range(0, 1000).boxed().toList();
        Queue<RDD<Integer>> queue = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < DATASETS; i++) {
            queue.add(context.millraceContext().parallelize(numbers));
        }

        DStream<Integer> stream = context.queueStream(queue);
        PairDStream<Integer, Integer> digits = stream.mapToPair(number -> new Tuple2<>(number % 10, 1));
        PairDStream<Integer, Integer> counts = digits.reduceByKey((a, b) -> a + b);
        counts.print(arguments.printed());

        Ending.afterBatches(arguments.batches(), counts);
        Ending.atInterrupt(context);
        context.start();
        context.awaitTermination();
    }
}
