package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.MillraceException;
import io.millrace.api.RDD;
import io.millrace.api.StreamingContext;
import io.millrace.api.function.Reducers;
import io.millrace.engine.local.EnginePorts;
import io.millrace.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** getOrCreate and its relatives where there is a checkpoint (behaviour spec 2.6, and the rows of 5.4 and 5.11 that concern it). */
class GetOrCreateTest {
    @TempDir
    private Path parent;

    private final ManualClock clock = new ManualClock();
    private final List<String> seen = new ArrayList<>();
    private int files;

    @BeforeEach
    void makeInput() throws IOException {
        Files.createDirectory(parent.resolve("in"));
    }

    private String directory() {
        return parent.resolve("checkpoint").toString();
    }

    private Rig rig() {
        return new Rig(
                seconds(1),
                conf -> StatePlace.MEMORY
                        .in(conf)
                        .set("millrace.checkpoint.reserveBytes", "0")
                        .set("millrace.streaming.allowMultipleContexts", "true"),
                clock,
                EnginePorts.ofSystem().checkpoints());
    }

    /** Counts files of one line each. */
    private StreamingContext counting(StreamingContext context) {
        context.textFileStream(parent.resolve("in").toString())
                .mapToPair(line -> pair(line, 1))
                .updateStateByKey(Reducers.running(Reducers.sumInt()))
                .foreachRDD((rdd, time) -> seen.add(time.milliseconds() / 1000 + " " + rdd.collect()));
        return context;
    }

    private StreamingContext kept(StreamingContext context) {
        context.checkpoint(directory());
        return counting(context);
    }

    /** The next batch, with one more file. */
    private void batch(StreamingContext context) throws IOException {
        String name = "file-" + ++files;
        Path made = Files.writeString(parent.resolve(name), "line\n");
        Files.setLastModifiedTime(made, FileTime.from(clock.nanoTime(), TimeUnit.NANOSECONDS));
        Files.move(made, parent.resolve("in").resolve(name));
        clock.advance(seconds(1));
        int work;
        do {
            work = context.doWork();
        } while (work > 0);
    }

    /** A program that has run one batch. */
    private void leaveACheckpoint() throws IOException {
        try (Rig rig = rig()) {
            StreamingContext context = StreamingContext.getOrCreate(directory(), () -> kept(rig.ssc));
            context.start();
            batch(context);
            context.stop(true, true);
        }
    }

    /** JavaAPISuite, testCheckpointMasterRecovery. */
    @ParameterizedTest
    @EnumSource
    void lengthsOfWordsGoOnBehindTheBatchThatWasRun(Lives.End end) {
        Lives lives = new Lives(seconds(1), Lives.Input.FILES, parent.resolve("in"));
        Function<DStream<String>, DStream<?>> program = words -> words.map(String::length);
        Lives.Life first = lives.start(program);
        first.batch("this", "is");
        first.end(end);
        try (Lives.Life second = lives.start(program)) {
            second.batch("a", "test");
            second.batch("counting", "letters");
        }
        assertEquals(List.of("1: 2 4", "2: 1 4", "3: 7 8"), lives.distinct());
    }

    /** testContextGetOrCreate, with an engine that exists: a second context on it goes on with what the first one left. */
    @Test
    void anEngineThatExistsIsUsedByTheContextThatGoesOn() throws IOException {
        try (Rig rig = rig()) {
            StreamingContext first = StreamingContext.getOrCreate(directory(), () -> kept(rig.ssc));
            first.start();
            batch(first);
            first.stop(false, true);
            StreamingContext second = StreamingContext.getOrCreate(
                    directory(), () -> kept(new StreamingContext(rig.context, seconds(1))));
            assertNotSame(first, second);
            assertSame(rig.context, second.sparkContext());
            second.start();
            batch(second);
            second.stop(true, true);
        }
        assertEquals(List.of("1 [(line,1)]", "2 [(line,2)]"), seen);
    }

    /** StreamingContextSuite, getActiveOrCreate with checkpoint. */
    @Test
    void theActiveContextComesBeforeTheCheckpoint() throws IOException {
        leaveACheckpoint();
        try (Rig rig = rig()) {
            StreamingContext made = StreamingContext.getActiveOrCreate(directory(), () -> kept(rig.ssc));
            assertSame(rig.ssc, made);
            made.start();
            assertSame(made, StreamingContext.getActiveOrCreate(directory(), () -> {
                throw new IllegalStateException("there is an active one");
            }));
            batch(made);
        }
        assertEquals(List.of("1 [(line,1)]", "2 [(line,2)]"), seen);
    }

    @Test
    void aProgramThatNamesNoDirectoryGoesOnInTheOneThatWasAskedFor() throws IOException {
        leaveACheckpoint();
        try (Rig rig = rig()) {
            StreamingContext context = StreamingContext.getOrCreate(directory(), () -> counting(rig.ssc));
            assertEquals(directory(), context.checkpointDirectory().orElseThrow());
            context.start();
            batch(context);
        }
        assertEquals(List.of("1 [(line,1)]", "2 [(line,2)]"), seen);
    }

    @Test
    void aProgramThatKeepsItselfElsewhereIsRefused() throws IOException {
        leaveACheckpoint();
        String elsewhere = parent.resolve("elsewhere").toString();
        try (Rig rig = rig()) {
            String refusal = assertThrows(
                            IllegalArgumentException.class,
                            () -> StreamingContext.getOrCreate(directory(), () -> {
                                rig.ssc.checkpoint(elsewhere);
                                return rig.ssc;
                            }))
                    .getMessage();
            assertTrue(refusal.contains(directory()) && refusal.contains(elsewhere), refusal);
            assertTrue(refusal.contains("give both the same directory"), refusal);
        }
    }

    /** Spark's functions come from the checkpoint, so its recovered contexts take nothing new. */
    @Test
    void aContextThatGoesOnTakesOutputsAndListenersAsAnyOther() throws IOException {
        leaveACheckpoint();
        EventLog listener = new EventLog();
        try (Rig rig = rig()) {
            StreamingContext context = StreamingContext.getOrCreate(directory(), () -> kept(rig.ssc));
            context.addStreamingListener(listener);
            counting(context);
            context.start();
            batch(context);
        }
        assertEquals(List.of("1 [(line,1)]", "2 [(line,2)]", "2 [(line,1)]"), seen);
        assertTrue(listener.events.contains("completed 2000"), listener.events::toString);
    }

    @Test
    void aDirectoryInUseIsNotMovedAsideAlthoughAnUnreadableOneMayBe() throws IOException {
        try (Rig first = rig();
                Rig second = rig()) {
            StreamingContext running = StreamingContext.getOrCreate(directory(), () -> kept(first.ssc), true);
            running.start();
            StreamingContext other = StreamingContext.getOrCreate(directory(), () -> kept(second.ssc), true);
            String refusal = assertThrows(MillraceException.class, other::start).getMessage();
            assertTrue(refusal.contains("MR-1001"), refusal);
            batch(running);
        }
        assertFalse(Files.exists(parent.resolve("checkpoint.unreadable-1")), "it was moved aside");
        assertEquals(List.of("1 [(line,1)]"), seen);
    }

    /** StreamingContextSuite, queueStream doesn't support checkpointing. */
    @Test
    void theDatasetsOfAQueueAreNotThereWhenTheirBatchIsRunAgainWhichIsSaid() {
        Lives lives = new Lives(seconds(1), Lives.Input.FILES, parent.resolve("in"));
        Queue<RDD<String>> queue = new ArrayDeque<>();
        Function<DStream<String>, DStream<?>> program =
                words -> words.union(words.context().queueStream(queue).named("queue"));
        Lives.Life first = lives.start(program, "millrace.checkpoint.commitInterval", "1h");
        queue.add(first.rig.context.parallelize(List.of("b")));
        first.batch("a");
        first.kill();
        List<String> warnings = new ArrayList<>();
        Logger logger = Logger.getLogger("io.millrace.engine.checkpoint.SourceRestore");
        Handler handler = into(warnings);
        logger.setLevel(Level.WARNING);
        logger.addHandler(handler);
        try (Lives.Life second = lives.start(program)) {
            second.rig.work();
        } finally {
            logger.removeHandler(handler);
            logger.setLevel(null);
        }
        assertEquals(List.of("1: a b", "1: a"), lives.given());
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(
                warnings.get(0).startsWith("the batch of 1000 ms is run again without the input of queue"),
                warnings::toString);
    }

    private static Handler into(List<String> texts) {
        return new Handler() {
            @Override
            public void publish(LogRecord logged) {
                texts.add(new SimpleFormatter().formatMessage(logged));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
    }
}
