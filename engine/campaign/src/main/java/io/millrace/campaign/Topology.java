package io.millrace.campaign;

import io.millrace.api.Duration;
import io.millrace.api.InputDStream;
import io.millrace.api.PairDStream;
import io.millrace.api.StateSpec;
import io.millrace.api.StreamingContext;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import io.millrace.sink.jdbc.JdbcSink;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;

/** Programs that count the words of files, since the beginning, and do something more with them. */
enum Topology {
    /** Keys in two kinds of state. */
    STATE,
    /** Windows, with and without an inverse. */
    WINDOWS,
    /** Saves each batch's counts as a directory. */
    FILES,
    /** Inserts each batch's counts into a table. */
    JDBC,
    /** Receives lines instead of files, and logs them, from a sender that sends those again that are not known. */
    RECEIVED;

    static final long BATCH_MS = 100;
    static final int WINDOW_BATCHES = 8;
    static final String TABLE = "words";

    private static final int SLIDE_BATCHES = 2;
    private static final int WITHOUT_DATABASE = 3;

    /**
     * What a program is told.
     *
     * @param jdbcUrl null where there is no database
     * @param port of a {@link LineSender}; 0 where there is none
     */
    record Place(Path watched, Path saved, String jdbcUrl, int port) {}

    /** Hears what a program does, on the threads that do it. */
    interface Witness extends Serializable {
        /** An output was given a batch. */
        void given(String what, long timeMs, Map<String, Integer> counts);

        /** Before and after a line is split. */
        default void task(Moment moment) {}
    }

    /** One that needs no database, for any number. */
    static Topology withoutDatabase(long number) {
        return values()[(int) (number % WITHOUT_DATABASE)];
    }

    void build(StreamingContext context, Place place, Witness witness) {
        PairDStream<String, Integer> ones =
                lines(context, place).flatMap(line -> words(line, witness)).mapToPair(word -> new Tuple2<>(word, 1));
        give(Results.COUNT, ones.updateStateByKey(Reducers.running(Reducers.sumInt())), witness);
        switch (this) {
            case STATE ->
                give(
                        Results.MAPPED,
                        ones.mapWithState(StateSpec.<String, Integer>running(Reducers.sumInt()))
                                .stateSnapshots(),
                        witness);
            case WINDOWS -> windows(ones, witness);
            case FILES ->
                ones.reduceByKey(Reducers.sumInt())
                        .map(pair -> pair._1 + " " + pair._2)
                        .saveAsTextFiles(
                                place.saved().resolve(SavedBatches.PREFIX).toString());
            case RECEIVED -> {}
            case JDBC ->
                ones.reduceByKey(Reducers.sumInt())
                        .foreachRDD(JdbcSink.into("words", place.jdbcUrl())
                                .createTable()
                                .statement(
                                        "insert into " + TABLE + " values (?, ?, ?)",
                                        (row, pair, time) ->
                                                row.add(pair._1).add(pair._2).add(time.milliseconds())));
        }
    }

    private InputDStream<String> lines(StreamingContext context, Place place) {
        return this == RECEIVED
                ? context.receiverStream(new LineReceiver(place.port()), String.class)
                : context.textFileStream(place.watched().toString());
    }

    private static Iterator<String> words(String line, Witness witness) {
        witness.task(Moment.BEFORE);
        Iterator<String> words = Arrays.asList(line.split(" ")).iterator();
        witness.task(Moment.AFTER);
        return words;
    }

    private static void windows(PairDStream<String, Integer> ones, Witness witness) {
        Duration window = new Duration(WINDOW_BATCHES * BATCH_MS);
        Duration slide = new Duration(SLIDE_BATCHES * BATCH_MS);
        give(Results.WINDOW, ones.reduceByKeyAndWindow(Reducers.sumInt(), window, slide), witness);
        give(
                Results.INVERSE,
                ones.reduceByKeyAndWindow(Reducers.sumInt(), Reducers.subtractInt(), window, slide),
                witness);
    }

    private static void give(String what, PairDStream<String, Integer> counts, Witness witness) {
        counts.foreachRDD((rdd, time) -> witness.given(what, time.milliseconds(), rdd.collectAsMap()));
    }
}
