package io.millrace.testkit.campaign;

import io.millrace.api.Duration;
import io.millrace.api.MillraceConf;
import io.millrace.api.PairDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/**
 * The program that {@link KillCampaign} kills: counts the words of files that appear in a folder, since the beginning and in a window, and
 * appends what each batch gives to a file. Goes on with its checkpoint, and ends gracefully when it is told to (SIGTERM).
 *
 * <p>{@code FOLDER COMMIT_INTERVAL SNAPSHOT_BYTES}; in the folder are {@code watched}, {@code checkpoint} and {@code results.txt}.
 */
public final class KilledProgram {
    static final String WATCHED = "watched";
    static final String CHECKPOINT = "checkpoint";
    static final String RESULTS = "results.txt";
    static final long BATCH_MS = 50;
    static final int WINDOW_BATCHES = 8;
    static final int SLIDE_BATCHES = 2;

    private KilledProgram() {}

    /** Runs until it is killed or told to end. */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        String checkpoint = folder.resolve(CHECKPOINT).toString();
        MillraceConf conf = new MillraceConf()
                .setMaster("local[2]")
                .setAppName("killed")
                .set("millrace.checkpoint.commitInterval", arguments[1])
                .set("millrace.checkpoint.snapshotBytes", arguments[2])
                .set("millrace.checkpoint.reserveBytes", "1m")
                .set("millrace.state.store", "resident")
                .set("millrace.streaming.stopGracefullyOnShutdown", "true");
        StreamingContext context = StreamingContext.getOrCreate(checkpoint, () -> create(conf, folder, checkpoint));
        context.start();
        context.awaitTermination();
    }

    private static StreamingContext create(MillraceConf conf, Path folder, String checkpoint) {
        StreamingContext context = new StreamingContext(conf, new Duration(BATCH_MS));
        context.checkpoint(checkpoint);
        PairDStream<String, Integer> ones = context.textFileStream(
                        folder.resolve(WATCHED).toString())
                .flatMap(line -> Arrays.asList(line.split(" ")).iterator())
                .mapToPair(word -> new Tuple2<>(word, 1));
        write(KillResults.COUNT, ones.updateStateByKey(Reducers.running(Reducers.sumInt())), folder);
        Duration window = new Duration(WINDOW_BATCHES * BATCH_MS);
        Duration slide = new Duration(SLIDE_BATCHES * BATCH_MS);
        write(KillResults.WINDOW, ones.reduceByKeyAndWindow(Reducers.sumInt(), window, slide), folder);
        write(
                KillResults.INVERSE,
                ones.reduceByKeyAndWindow(Reducers.sumInt(), Reducers.subtractInt(), window, slide),
                folder);
        return context;
    }

    private static void write(String what, PairDStream<String, Integer> counts, Path folder) {
        counts.foreachRDD((rdd, time) ->
                append(folder.resolve(RESULTS), KillResults.line(what, time.milliseconds(), rdd.collectAsMap())));
    }

    /** In one write, so that at most the last line is torn. */
    private static void append(Path file, String line) {
        try {
            Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
