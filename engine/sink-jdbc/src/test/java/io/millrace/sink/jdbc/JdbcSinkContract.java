package io.millrace.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.millrace.api.Durations;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.RDD;
import io.millrace.api.Time;
import io.millrace.api.UserFunctionException;
import io.millrace.api.function.VoidFunction2;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.FutureTask;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What holds on every database. */
abstract class JdbcSinkContract {
    private static final int MAX_RUNS = 100;
    private static final String INSERT = "insert into words values (?, ?)";
    private static final String WORDS = "select batch_ms, word from words order by batch_ms, word";
    private static final String BATCHES = "select sink, batch_time from millrace_batches order by sink, batch_time";

    private final MillraceConf conf =
            new MillraceConf(false).setMaster("local[2]").setAppName("sink").set("millrace.inlineRows", "0");
    private final LocalBackend backend = new LocalBackend(conf, EnginePorts.ofSystem());
    private final MillraceContext sc = MillraceContext.on(backend, conf);
    private final List<Long> pauses = new ArrayList<>();
    private Database database;

    /** The database under test. */
    abstract Database database();

    /** How many random stories are played. */
    abstract int seeds();

    @BeforeEach
    void makeTables() {
        database = database();
        database.execute(
                "drop table if exists words",
                "drop table if exists millrace_batches",
                "create table words (batch_ms bigint, word varchar(20) not null unique)");
    }

    @AfterEach
    void nothingIsHeld() {
        sc.close();
        assertEquals(0, backend.ledger().usedBytes(), "bytes held off the heap after the end");
    }

    private JdbcSink sink(String name, DataSource source) {
        return JdbcSink.into(name, source).createTable().waiting(pauses::add);
    }

    private VoidFunction2<RDD<String>, Time> words(JdbcSink sink) {
        return sink.statement(
                INSERT, (row, word, time) -> row.add(time.milliseconds()).add(word));
    }

    private VoidFunction2<RDD<String>, Time> words(DataSource source) {
        return words(sink("words", source));
    }

    private RDD<String> batch(String... words) {
        return sc.parallelize(Arrays.asList(words), 2);
    }

    private JdbcSinkException refusal(VoidFunction2<RDD<String>, Time> output, RDD<String> batch) {
        return assertThrows(JdbcSinkException.class, () -> output.call(batch, new Time(1000)));
    }

    @Test
    void aBatchThatIsRunTwiceIsThereOnce() throws Exception {
        for (int run = 0; run < 2; run++) {
            VoidFunction2<RDD<String>, Time> output = words(database.source());
            output.call(batch("a", "b", "c"), new Time(1000));
            output.call(batch("a", "b", "c"), new Time(1000));
            output.call(batch("d"), new Time(2000));
        }
        assertEquals(List.of("1000 a", "1000 b", "1000 c", "2000 d"), database.rows(WORDS));
        assertEquals(List.of("words 1000", "words 2000"), database.rows(BATCHES));
        assertEquals(List.of(), pauses);
    }

    @Test
    void sinksOfOneDatabaseDoNotTakeEachOthersBatchesForTheirs() throws Exception {
        words(sink("one", database.source())).call(batch("a"), new Time(1000));
        words(sink("two", database.source())).call(batch("b"), new Time(1000));
        assertEquals(List.of("1000 a", "1000 b"), database.rows(WORDS));
        assertEquals(List.of("one 1000", "two 1000"), database.rows(BATCHES));
    }

    @Test
    void anEmptyBatchDoesNotReachTheDatabase() throws Exception {
        Faults faults = new Faults(database.source(), (call, isDone) -> {});
        words(faults.source()).call(batch(), new Time(1000));
        assertEquals(0, faults.count("getConnection"));
    }

    @Test
    void rowsAreSentInGroups() throws Exception {
        Faults faults = new Faults(database.source(), (call, isDone) -> {});
        words(sink("words", faults.source()).batchSize(2)).call(batch("a", "b", "c", "d", "e"), new Time(1000));
        assertEquals(3, faults.count("executeBatch"));
        assertEquals(5, database.rows(WORDS).size());
    }

    @Test
    void aBadRowRollsTheWholeBatchBackAndIsToldWithoutItsValues() {
        JdbcSinkException told =
                refusal(words(sink("words", database.source()).batchSize(2)), batch("a", "b", "c", "secret", "secret"));
        assertEquals(List.of(), database.rows(WORDS));
        assertEquals(List.of(), database.rows(BATCHES));
        String text = told.getMessage();
        assertTrue(text.startsWith("sink 'words', batch 1000 ms: rows were refused, of rows "), text);
        assertTrue(text.contains("of rows 5 to 5, by '" + INSERT + "' with 2 values; "), text);
        assertTrue(text.contains("SQLState 23505"), text);
        assertTrue(text.contains("attempts: 1; nothing of the batch is in the database"), text);
        for (Throwable each = told; each != null; each = each.getCause()) {
            assertFalse(each.toString().contains("secret"), each.toString());
        }
        assertEquals("words", told.sink());
        assertEquals(1000, told.batchTimeMs());
    }

    @Test
    void whatTheDriverSaidIsShownOnRequest() {
        JdbcSinkException told =
                refusal(words(sink("words", database.source()).driverMessages()), batch("secret", "secret"));
        assertTrue(told.getMessage().contains("secret"), told.getMessage());
    }

    @Test
    void aValueThatIsNotGivenIsNotTakenFromTheRowBefore() {
        VoidFunction2<RDD<String>, Time> output = sink("words", database.source())
                .statement(INSERT, (row, word, time) -> {
                    row.add(time.milliseconds());
                    if (!word.equals("b")) {
                        row.add(word);
                    }
                });
        String text = refusal(output, batch("a", "b")).getMessage();
        assertTrue(text.contains("of rows 1 to 2, by '" + INSERT + "' with 1 values"), text);
        assertEquals(List.of(), database.rows(WORDS));
    }

    @Test
    void whatTheBinderThrowsRollsTheBatchBack() {
        IllegalStateException thrown = new IllegalStateException("of the program");
        VoidFunction2<RDD<String>, Time> output = sink("words", database.source())
                .batchSize(1)
                .statement(INSERT, (row, word, time) -> {
                    row.add(time.milliseconds());
                    if (word.equals("b")) {
                        throw thrown;
                    }
                    row.add(word);
                });
        JdbcSinkException told = refusal(output, batch("a", "b"));
        assertSame(thrown, told.getCause());
        assertTrue(told.getMessage().contains("on row 2, after 1 values of '" + INSERT + "'"), told.getMessage());
        assertEquals(List.of(), database.rows(WORDS));
        assertEquals(List.of(), database.rows(BATCHES));
    }

    @Test
    void whatAFunctionOfTheStreamThrowsRollsTheBatchBack() {
        RDD<String> failing = batch("a", "b").map(word -> {
            if (word.equals("b")) {
                throw new IllegalStateException("of the program");
            }
            return word;
        });
        VoidFunction2<RDD<String>, Time> output =
                words(sink("words", database.source()).batchSize(1));
        assertThrows(UserFunctionException.class, () -> output.call(failing, new Time(1000)));
        assertEquals(List.of(), database.rows(WORDS));
    }

    @Test
    void aCommitThatTookPlaceAndWasNotAnsweredIsNotRepeated() throws Exception {
        for (String state : new String[] {"08006", null}) {
            makeTables();
            makeTableOfBatches();
            Faults faults = new Faults(database.source(), Faults.first(1, "commit", true, state));
            words(faults.source()).call(batch("a", "b"), new Time(1000));
            assertEquals(List.of("500 z", "1000 a", "1000 b"), database.rows(WORDS));
            assertEquals(1, faults.count("commit"));
            assertEquals(0, faults.open());
        }
        assertEquals(List.of(), pauses);
    }

    /** So that the next commit is that of a batch. */
    private void makeTableOfBatches() throws Exception {
        words(database.source()).call(batch("z"), new Time(500));
    }

    @Test
    void aCommitThatDidNotTakePlaceIsTriedAgain() throws Exception {
        makeTableOfBatches();
        Faults faults = new Faults(database.source(), Faults.first(2, "commit", false, "08006"));
        words(faults.source()).call(batch("a", "b"), new Time(1000));
        assertEquals(List.of("500 z", "1000 a", "1000 b"), database.rows(WORDS));
        assertEquals(List.of(100L, 200L), pauses);
        assertEquals(0, faults.open());
    }

    @Test
    void aCommitWhoseOutcomeNobodyCouldTellIsFoundOutWhenTheBatchIsRunAgain() throws Exception {
        makeTableOfBatches();
        boolean[] isDown = {false};
        Faults faults = new Faults(database.source(), (call, isDone) -> {
            isDown[0] |= call.equals("commit") && isDone;
            if (isDown[0]) {
                throw new SQLException("a fault of the test", "08006");
            }
        });
        String text = refusal(words(faults.source()), batch("a")).getMessage();
        assertTrue(text.contains("whether the batch is in the database is not known"), text);
        assertTrue(text.contains("attempts: 4"), text);
        assertEquals(List.of(100L, 200L, 400L), pauses);
        words(database.source()).call(batch("a"), new Time(1000));
        assertEquals(List.of("500 z", "1000 a"), database.rows(WORDS));
    }

    @Test
    void deadlocksAndSerializationFailuresAreTriedAgain() throws Exception {
        for (String state : List.of("40001", "40P01")) {
            makeTables();
            Faults faults = new Faults(database.source(), Faults.first(1, "executeBatch", true, state));
            words(faults.source()).call(batch("a", "b"), new Time(1000));
            assertEquals(List.of("1000 a", "1000 b"), database.rows(WORDS));
        }
        assertEquals(List.of(100L, 100L), pauses);
    }

    @Test
    void transientFailuresAreTriedAgainSoOftenAndNoMore() {
        Faults faults = new Faults(database.source(), Faults.first(9, "executeBatch", false, "40001"));
        JdbcSink sink = sink("words", faults.source()).retries(2, Durations.milliseconds(5));
        String text = refusal(words(sink), batch("a")).getMessage();
        assertTrue(text.contains("SQLState 40001"), text);
        assertTrue(text.contains("attempts: 3; nothing of the batch is in the database"), text);
        assertEquals(List.of(5L, 10L), pauses);
        assertEquals(0, faults.open());
    }

    @Test
    void anInterruptedWaitEndsTheAttemptsAndIsPassedOn() {
        Faults faults = new Faults(database.source(), Faults.first(1, "executeBatch", false, "40001"));
        JdbcSink sink = sink("words", faults.source()).waiting(pauseMs -> {
            throw new InterruptedException();
        });
        String text = refusal(words(sink), batch("a")).getMessage();
        assertTrue(Thread.interrupted(), "the thread is to know that it was interrupted");
        assertTrue(text.contains("was interrupted; "), text);
    }

    @Test
    void anEarlierAttemptThatIsStillOpenOnTheServerIsWaitedFor() throws Exception {
        makeTableOfBatches();
        try (Connection earlier = database.source().getConnection()) {
            earlier.setAutoCommit(false);
            try (PreparedStatement word = earlier.prepareStatement(INSERT)) {
                new BatchTable("millrace_batches").add(earlier, "words", 1000);
                word.setLong(1, 1000);
                word.setString(2, "a");
                word.executeUpdate();
            }
            VoidFunction2<RDD<String>, Time> output = words(database.source());
            RDD<String> batch = batch("a");
            FutureTask<Void> again = new FutureTask<>(() -> {
                output.call(batch, new Time(1000));
                return null;
            });
            new Thread(again).start();
            earlier.commit();
            again.get();
        }
        assertEquals(List.of("500 z", "1000 a"), database.rows(WORDS));
    }

    @Test
    void rowsOfOldBatchesGoWithANewOne() throws Exception {
        VoidFunction2<RDD<String>, Time> other = words(sink("other", database.source()));
        other.call(batch("z"), new Time(500));
        VoidFunction2<RDD<String>, Time> output =
                words(sink("words", database.source()).keepBatches(2));
        for (int batch = 1; batch <= 7; batch++) {
            output.call(batch("w" + batch), new Time(batch * 1000L));
        }
        assertEquals(List.of("other 500", "words 5000", "words 6000", "words 7000"), database.rows(BATCHES));
        assertEquals(8, database.rows(WORDS).size());
    }

    @Test
    void aConnectionGoesBackInTheModeInWhichItCame() throws Exception {
        for (boolean isAutoCommit : new boolean[] {true, false}) {
            makeTables();
            try (Connection one = database.source().getConnection()) {
                one.setAutoCommit(isAutoCommit);
                DataSource pool = new Kept(database.source(), one).source();
                words(pool).call(batch("a"), new Time(1000));
                assertEquals(isAutoCommit, one.getAutoCommit());
                refusal(words(sink("second", pool)), batch("a"));
                assertEquals(isAutoCommit, one.getAutoCommit());
            }
            assertEquals(List.of("1000 a"), database.rows(WORDS));
        }
    }

    @Test
    void theTableOfBatchesIsMadeOnRequestOnly() {
        JdbcSink sink = JdbcSink.into("words", database.source()).batchesTable("millrace_batches");
        String text = refusal(words(sink), batch("a")).getMessage();
        assertTrue(text.contains("could not be entered in the table of batches (millrace_batches; "), text);
        assertEquals(List.of(), database.rows(WORDS));
    }

    @Test
    void upsertsAreTheProgramsOwnStatements() throws Exception {
        database.execute("drop table if exists totals", "create table totals (word varchar(20) primary key, n int)");
        database.execute("insert into totals values ('a', 1)");
        VoidFunction2<RDD<String>, Time> output = sink("totals", database.source())
                .statement(
                        "update totals set n = n + ? where word = ?",
                        (row, word, time) -> row.add(1).add(word));
        output.call(batch("a", "a"), new Time(1000));
        output.call(batch("a", "a"), new Time(1000));
        assertEquals(List.of("a 3"), database.rows("select word, n from totals"));
    }

    @Test
    void whateverFailsAndHoweverOftenABatchIsRunItIsThereOnce() throws Exception {
        for (long seed = 1; seed <= seeds(); seed++) {
            makeTables();
            SplittableRandom random = new SplittableRandom(seed);
            Faults faults = new Faults(database.source(), (call, isDone) -> {
                if (!call.equals("close") && !call.equals("abort") && random.nextInt(60) == 0) {
                    throw new SQLException("a fault of the test", random.nextBoolean() ? "08006" : "22001");
                }
            });
            TreeMap<Integer, String[]> expected = new TreeMap<>();
            VoidFunction2<RDD<String>, Time> output =
                    words(sink("words", faults.source()).batchSize(2));
            for (int batch = 10; batch < 20; batch++) {
                String[] words = new String[1 + random.nextInt(5)];
                for (int i = 0; i < words.length; i++) {
                    words[i] = batch + "-" + i;
                }
                expected.put(batch, words);
                int from = Math.max(10, batch - random.nextInt(3));
                if (from < batch) {
                    output = words(sink("words", faults.source()).batchSize(2)); // another run
                }
                for (int again = from; again <= batch; again++) {
                    untilWritten(output, batch(expected.get(again)), again, seed);
                }
            }
            List<String> rows = new ArrayList<>();
            expected.forEach((batch, words) -> Arrays.asList(words).forEach(word -> rows.add(batch + " " + word)));
            assertEquals(rows, database.rows(WORDS), "seed " + seed);
        }
    }

    private static void untilWritten(VoidFunction2<RDD<String>, Time> output, RDD<String> batch, int timeMs, long seed)
            throws Exception {
        for (int run = 0; run < MAX_RUNS; run++) {
            try {
                output.call(batch, new Time(timeMs));
                return;
            } catch (JdbcSinkException failed) {
                assertEquals(timeMs, failed.batchTimeMs(), "seed " + seed); // run again, as after a recovery
            }
        }
        fail("seed " + seed + ": batch " + timeMs + " ms failed " + MAX_RUNS + " times");
    }
}
