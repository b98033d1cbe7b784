package io.millrace.examples;

import io.millrace.api.DStream;
import io.millrace.api.PairDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.Tuple2;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Counts the words of the text files that appear in a directory. A file has to appear there whole: it is written under
 * another name, or elsewhere on the same file system, and renamed.
 */
public final class FileWordCount {
    private static final String USAGE = """
            Usage: FileWordCount [DIRECTORY] [OPTION]...
            Counts the words of the text files that appear in a directory; move them there when they are complete.
            Without DIRECTORY, a temporary one is made, and the program puts files of a text of its own into it.

            """;

    private static final int LINES_PER_FILE = 10;
    private static final int PAUSE_MS = 100;

    private FileWordCount() {}

    /** Runs it; {@code --help} tells the arguments. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(USAGE, args);
        arguments.expectWords("a DIRECTORY, or nothing", 0, 1);
        Path directory = arguments.hasWords()
                ? Path.of(arguments.word(0, ""))
                : Files.createTempDirectory("millrace-file-word-count");
        StreamingContext context = new StreamingContext(arguments.conf("FileWordCount"), arguments.batch());

        DStream<String> lines = context.textFileStream(directory.toString());
        DStream<String> words =
                lines.flatMap(line -> Arrays.asList(line.split(" ")).iterator());
        PairDStream<String, Integer> counts =
                words.mapToPair(word -> new Tuple2<>(word, 1)).reduceByKey((a, b) -> a + b);
        counts.print(arguments.printed());

        Ending.afterBatches(arguments.batches(), counts);
        Ending.atInterrupt(context);
        context.start();
        if (!arguments.hasWords()) {
            startWriter(directory);
        }
        context.awaitTermination();
    }

    private static void startWriter(Path directory) throws IOException {
        List<String> lines = TextServer.text();
        Thread writer = new Thread(() -> write(directory, lines), "writer");
        writer.setDaemon(true);
        writer.start();
    }

    private static void write(Path directory, List<String> lines) {
        try {
            for (int file = 0; true; file++) {
                int from = file * LINES_PER_FILE % lines.size();
                List<String> some = lines.subList(from, Math.min(lines.size(), from + LINES_PER_FILE));
                Path hidden = Files.write(directory.resolve(".mill-" + file), some);
                Files.move(hidden, directory.resolve("mill-" + file), StandardCopyOption.ATOMIC_MOVE);
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        } catch (IOException e) {
            System.err.println("no more files are written to " + directory + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
