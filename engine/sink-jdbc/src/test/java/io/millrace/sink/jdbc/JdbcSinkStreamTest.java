package io.millrace.sink.jdbc;

import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.function.Text;
import io.millrace.checkpoint.simulation.FaultHook;
import io.millrace.checkpoint.simulation.Operation;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The output in programs, which are driven by hand on a stepped clock (guide, "Outputs"). */
class JdbcSinkStreamTest {
    private static final String COUNTS = "select word, n, batch_ms from counts order by batch_ms, word";

    private final Database database = Database.inMemory("streams");
    private final AtomicLong nanos = new AtomicLong();
    private final SimulatedFileStore disk = new SimulatedFileStore();

    @TempDir
    private Path folder;

    @BeforeEach
    void makeTables() {
        database.execute("drop all objects", "create table counts (word varchar(20), n bigint, batch_ms bigint)");
    }

    /** An engine and a context of it, for one run of a program. */
    private final class Life implements AutoCloseable {
        private final LocalBackend backend;
        private final StreamingContext ssc;

        Life() {
            this("continue");
        }

        Life(String failurePolicy) {
            MillraceConf conf = new MillraceConf(false)
                    .setMaster("local[2]")
                    .setAppName("sink")
                    .set("millrace.drive", "caller")
                    .set("millrace.inlineRows", "0")
                    .set("millrace.streaming.failurePolicy", failurePolicy)
                    .set("millrace.checkpoint.reserveBytes", "0");
            EnginePorts system = EnginePorts.ofSystem();
            backend = new LocalBackend(
                    conf,
                    new EnginePorts(nanos::get, nanos::get, system.threads(), system.sockets(), directory -> disk));
            ssc = new StreamingContext(MillraceContext.on(backend, conf), seconds(1));
        }

        void toBatch(int batch) {
            nanos.set(TimeUnit.SECONDS.toNanos(batch));
            work();
        }

        void work() {
            int work;
            do {
                work = ssc.doWork();
            } while (work > 0);
        }

        @Override
        public void close() {
            ssc.stop(true, false);
            assertEquals(0, backend.ledger().usedBytes(), "bytes held off the heap");
        }
    }

    private JdbcSink sink(String name) {
        return JdbcSink.into(name, database.source()).createTable();
    }

    private static void offer(PushInputDStream<String> input, String... words) {
        for (String word : words) {
            assertTrue(input.offer(word));
        }
    }

    private void countInto(DStream<String> words, JdbcSink sink) {
        words.countByValue()
                .foreachRDD(sink.statement(
                        "insert into counts values (?, ?, ?)",
                        (row, pair, time) -> row.add(pair._1).add(pair._2).add(time.milliseconds())));
    }

    @Test
    void aKeyedStreamGivesItsPairs() {
        try (Life life = new Life()) {
            PushInputDStream<String> words = life.ssc.pushStream(String.class);
            countInto(words, sink("counts"));
            life.ssc.start();
            offer(words, "a", "b", "a");
            life.toBatch(1);
            life.toBatch(2);
            offer(words, "b");
            life.toBatch(3);
        }
        assertEquals(List.of("a 2 1000", "b 1 1000", "b 1 3000"), database.rows(COUNTS));
        assertEquals(
                List.of("counts 1000", "counts 3000"),
                database.rows("select sink, batch_time from millrace_batches order by batch_time"));
    }

    @Test
    void aStreamOfRecordsGivesEachOfThem() {
        try (Life life = new Life()) {
            PushInputDStream<String> words = life.ssc.pushStream(String.class);
            words.foreachRDD(sink("words")
                    .statement(
                            "insert into counts (word, batch_ms) values (?, ?)",
                            (row, word, time) -> row.add(word).add(time.milliseconds())));
            life.ssc.start();
            offer(words, "a", "b", "a");
            life.toBatch(1);
        }
        assertEquals(List.of("a null 1000", "a null 1000", "b null 1000"), database.rows(COUNTS));
    }

    @Test
    void twoOutputsOfOneNameAreRefusedBeforeTheSecondLeavesItsBatchesOut() throws Exception {
        try (Life life = new Life()) {
            PushInputDStream<String> words = life.ssc.pushStream(String.class);
            countInto(words, sink("counts"));
            countInto(words.map(word -> word + "!"), sink("counts"));
            life.ssc.start();
            offer(words, "a");
            life.toBatch(1);
            Exception told = assertThrows(Exception.class, () -> life.ssc.awaitTerminationOrTimeout(0));
            assertTrue(told.getMessage().contains("outputs 0 and 1 of the program have this name"), told.getMessage());
        }
    }

    @Test
    void aBatchThatWasWrittenBeforeTheProcessWasKilledIsNotWrittenAgainAfterTheRecovery() throws IOException {
        try (Life first = new Life()) {
            start(first, () -> disk.hook(FaultHook.failEvery(Operation.WRITE)));
            file("1", "a b a", 500);
            first.toBatch(1);
            assertEquals(List.of("a 2 1000", "b 1 1000"), database.rows(COUNTS));
            disk.kill();
        }
        int[] runs = {0};
        try (Life second = new Life()) {
            start(second, () -> runs[0]++);
            second.work();
            file("2", "c", 1500);
            second.toBatch(2);
        }
        assertEquals(2, runs[0], "batches that the second process ran: the one of before, and its own");
        assertEquals(List.of("a 2 1000", "b 1 1000", "c 1 2000"), database.rows(COUNTS));
    }

    @Test
    void aBatchThatOneSinkRefusedStopsTheProgramAndIsWrittenByThatSinkAloneAfterTheRecovery() throws Exception {
        Faults faults = new Faults(database.source(), Faults.first(1, "executeBatch", false, "22001"));
        try (Life first = new Life("stop")) {
            startTwo(first, faults);
            file("1", "a b a", 500);
            first.toBatch(1);
            assertEquals(List.of("a 2 1000", "b 1 1000"), database.rows(COUNTS));
            Exception told = assertThrows(Exception.class, () -> first.ssc.awaitTerminationOrTimeout(0));
            assertTrue(told.getMessage().contains("sink 'upper', batch 1000 ms: rows were refused"), told.getMessage());
        }
        try (Life second = new Life("stop")) {
            startTwo(second, faults);
            second.work();
        }
        assertEquals(List.of("A 2 1000", "B 1 1000", "a 2 1000", "b 1 1000"), database.rows(COUNTS));
    }

    private void startTwo(Life life, Faults faults) {
        StreamingContext.getOrCreate("checkpoint-of-this-test", () -> {
                    life.ssc.checkpoint("checkpoint-of-this-test");
                    DStream<String> words =
                            life.ssc.textFileStream(folder.toString()).flatMap(Text.words());
                    countInto(words, sink("lower"));
                    countInto(
                            words.map(String::toUpperCase),
                            JdbcSink.into("upper", faults.source()).createTable());
                    return life.ssc;
                })
                .start();
    }

    private void start(Life life, Runnable afterOutput) {
        StreamingContext.getOrCreate("checkpoint-of-this-test", () -> {
                    life.ssc.checkpoint("checkpoint-of-this-test");
                    DStream<String> words =
                            life.ssc.textFileStream(folder.toString()).flatMap(Text.words());
                    countInto(words, sink("counts"));
                    words.foreachRDD(rdd -> afterOutput.run());
                    return life.ssc;
                })
                .start();
    }

    private void file(String name, String text, long modifiedMs) throws IOException {
        Path hidden = Files.writeString(folder.resolve("." + name), text);
        Files.setLastModifiedTime(hidden, FileTime.fromMillis(modifiedMs));
        Files.move(hidden, folder.resolve(name));
    }
}
