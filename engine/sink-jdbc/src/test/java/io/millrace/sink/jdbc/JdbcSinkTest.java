package io.millrace.sink.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.Durations;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.RDD;
import io.millrace.api.Time;
import io.millrace.api.function.VoidFunction2;
import java.math.BigDecimal;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Types;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What a sink is told, and what it tells. */
class JdbcSinkTest {
    private final JdbcSink sink = JdbcSink.into("counts", "jdbc:h2:mem:settings");

    private static void refused(String expected, Executable setting) {
        assertEquals(
                expected, assertThrows(IllegalArgumentException.class, setting).getMessage());
    }

    @Test
    void settingsThatMakeNoSenseAreRefusedWithTheirBounds() {
        refused("JdbcSink 'counts' with a batch size of 0; give 1 or more", () -> sink.batchSize(0));
        refused("JdbcSink 'counts' with a number of kept batches of 0; give 1 or more", () -> sink.keepBatches(0));
        refused(
                "JdbcSink 'counts' with a number of retries of -1; give 0 or more",
                () -> sink.retries(-1, Durations.seconds(1)));
        refused(
                "JdbcSink 'counts' with a pause of -1 ms before retries; give 0 ms or more",
                () -> sink.retries(1, Durations.milliseconds(-1)));
        refused(
                "a JdbcSink of the name ' ', 1 characters; give 1 to 200, not all of them blank",
                () -> JdbcSink.into(" ", "jdbc:h2:mem:settings"));
        refused(
                "table of batches 'a; drop table b'; give a name of letters, digits and underscores, with a schema"
                        + " before a dot if need be",
                () -> sink.batchesTable("a; drop table b"));
    }

    @Test
    void aUrlWithItsPasswordIsNotToldWhenNobodyConnects() {
        MillraceConf conf = new MillraceConf(false).setMaster("local[0]").setAppName("sink");
        try (MillraceContext sc = new MillraceContext(conf)) {
            VoidFunction2<RDD<String>, Time> output = JdbcSink.into("counts", "jdbc:nowhere:x;password=secret")
                    .waiting(pauseMs -> {})
                    .statement("insert into counts values (?)", (row, word, time) -> row.add(word));
            RDD<String> batch = sc.parallelize(List.of("a"));
            Exception told = assertThrows(JdbcSinkException.class, () -> output.call(batch, new Time(1000)));
            for (Throwable each = told; each != null; each = each.getCause()) {
                assertFalse(each.toString().contains("secret"), each.toString());
            }
            assertTrue(told.getMessage().contains("no connection was had"), told.getMessage());
            assertTrue(told.getMessage().contains("SQLState 08001"), told.getMessage());
        }
    }

    @Test
    void valuesOfManyTypesReachTheirColumns() throws Exception {
        Database database = Database.inMemory("types");
        database.execute("create table kinds (a int, b bigint, c double precision, d boolean, e char(1), f varchar(9),"
                + " g numeric(9, 2), h date, i varchar(9), j int)");
        MillraceConf conf = new MillraceConf(false).setMaster("local[0]").setAppName("sink");
        try (MillraceContext sc = new MillraceContext(conf)) {
            VoidFunction2<RDD<String>, Time> output = JdbcSink.into("kinds", database.source())
                    .createTable()
                    .statement(
                            "insert into kinds values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                            (row, word, time) -> row.add(1)
                                    .add(2L)
                                    .add(0.5)
                                    .add(true)
                                    .add('c')
                                    .add(word)
                                    .add(new BigDecimal("1.25"))
                                    .add(LocalDate.of(2024, 2, 29))
                                    .add(null)
                                    .addNull(Types.INTEGER));
            output.call(sc.parallelize(List.of("text")), new Time(1000));
        }
        assertEquals(List.of("1 2 0.5 true c text 1.25 2024-02-29 null null"), database.rows("select * from kinds"));
    }

    @Test
    void aFailureIsTransientIfOneBehindItIs() {
        SQLException deadlock = new SQLException("of a test", "40P01");
        BatchUpdateException batch = new BatchUpdateException();
        batch.setNextException(deadlock);
        assertTrue(SqlFailures.isTransient(batch));
        assertTrue(SqlFailures.isTransient(new SQLException("of a test", new SQLTransientConnectionException())));
        assertTrue(SqlFailures.isTransient(new SQLException("of a test", "08P01")));
        assertFalse(SqlFailures.isTransient(new SQLException("of a test", "23505")));
        assertFalse(SqlFailures.isTransient(new SQLException("of a test")));
    }

    @Test
    void longStatementsAreCutInMessages() {
        String statement = "insert into t values (" + "?, ".repeat(300) + "?)";
        BatchTable batches = new BatchTable("millrace_batches");
        String shown = new SinkSettings("counts", null, statement, batches, false, 1, 1, 0, 0, false).shownStatement();
        assertTrue(shown.endsWith("…' (924 characters)"), shown);
    }
}
