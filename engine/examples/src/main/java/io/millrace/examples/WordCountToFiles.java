package io.millrace.examples;

import io.millrace.api.DStream;
import io.millrace.api.PairDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import java.nio.file.Files;
import java.nio.file.Path;

/** Saves the word counts of each batch as a directory of text files, which appears when it is complete. */
public final class WordCountToFiles {
    private static final String USAGE = """
            Usage: WordCountToFiles [DIRECTORY] [OPTION]...
            Counts words of a text of its own and saves each batch as DIRECTORY/counts-TIME.txt, a directory of files.
            Without DIRECTORY, a temporary one is made.

            """;

    private WordCountToFiles() {}

    /** Runs it; {@code --help} tells the arguments. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(USAGE, args);
        arguments.expectWords("a DIRECTORY, or nothing", 0, 1);
        Path directory = arguments.hasWords()
                ? Path.of(arguments.word(0, ""))
                : Files.createTempDirectory("millrace-word-count-to-files");
        StreamingContext context = new StreamingContext(arguments.conf("WordCountToFiles"), arguments.batch());

        DStream<String> lines =
                context.socketTextStream("127.0.0.1", TextServer.start().port());
        PairDStream<String, Integer> counts =
                lines.flatMap(Text.words()).mapToPair(Text.pairWith(1)).reduceByKey(Reducers.sumInt());
        String prefix = directory.resolve("counts").toString();
        counts.saveAsTextFiles(prefix, "txt");
        counts.foreachRDD((rdd, time) ->
                System.out.println(prefix + "-" + time.milliseconds() + ".txt has " + rdd.count() + " words"));

        Ending.afterBatches(arguments.batches(), counts);
        Ending.atInterrupt(context);
        context.start();
        context.awaitTermination();
    }
}
