package io.millrace.sink.jdbc;

import io.millrace.api.Duration;
import io.millrace.api.RDDActions;
import io.millrace.api.Time;
import io.millrace.api.function.VoidFunction2;
import java.sql.DriverManager;
import java.util.Objects;
import javax.sql.DataSource;

/**
 * An output that writes each batch into a database exactly once:
 *
 * <pre>{@code
 * counts.foreachRDD(JdbcSink.into("counts", dataSource)
 *         .createTable()
 *         .statement("insert into counts values (?, ?, ?)",
 *                 (row, pair, time) -> row.add(pair._1).add(pair._2).add(time.milliseconds())));
 * }</pre>
 *
 * <p>A batch is one transaction: a row with the sink's name and the batch time in the table of batches, and one execution of
 * the statement for each record, in the order of the partitions. A batch that is run again after a recovery, with the same time
 * and the same records, finds its row there and is left out. The batch is the unit, and not its partitions, because these may be
 * others after a recovery (with other cores or settings), and so that a reader sees a batch as a whole. An empty batch writes
 * nothing.
 *
 * <p>Connecting failures, deadlocks and failures to serialize are tried again; each attempt computes the batch anew, unless its
 * stream is kept by {@code cache()}. What fails for good is a {@link JdbcSinkException} of the output. Under the failure policy
 * {@code continue} the batch then counts as run, and is never in the database; under {@code stop} the context stops, and with a
 * checkpoint the next run of the program begins with that batch.
 *
 * <p>Cost: on the job thread, which also computes the partitions, one after the other; one partition at a time is in memory. One
 * connection per batch, so a {@code DataSource} should be a pool. The transaction is open while records are computed.
 *
 * <p>Methods change this object and return it; a statement is made of it as it is at that call. Say {@code statement} last:
 * only there does Java know the record type.
 */
public final class JdbcSink {
    /** Where batches are named unless something else is said. */
    public static final String DEFAULT_BATCHES_TABLE = "millrace_batches";

    private static final int DEFAULT_BATCH_SIZE = 1_000;
    private static final int DEFAULT_KEPT_BATCHES = 10_000;
    private static final int DEFAULT_RETRIES = 3;
    private static final long DEFAULT_PAUSE_MS = 100;

    private final String sink;
    private final Connector connector;
    private Pause waits = Pause.OF_THREAD;
    private BatchTable batches = new BatchTable(DEFAULT_BATCHES_TABLE);
    private boolean createsTable;
    private int batchSize = DEFAULT_BATCH_SIZE;
    private int keptBatches = DEFAULT_KEPT_BATCHES;
    private int retries = DEFAULT_RETRIES;
    private long pauseMs = DEFAULT_PAUSE_MS;
    private boolean showsDriverMessages;

    private JdbcSink(String sink, Connector connector) {
        Objects.requireNonNull(sink, "name of a JdbcSink");
        if (sink.isBlank() || sink.length() > BatchTable.MAX_SINK_CHARS) {
            throw new IllegalArgumentException("a JdbcSink of the name '" + sink + "', " + sink.length()
                    + " characters; give 1 to " + BatchTable.MAX_SINK_CHARS + ", not all of them blank");
        }
        this.sink = sink;
        this.connector = connector;
    }

    /**
     * A sink whose connections come from there, one for each batch or attempt.
     *
     * @param sink names the output in the table of batches: another name for each output, the same in every run of the
     *     program; 1 to 200 characters
     */
    public static JdbcSink into(String sink, DataSource dataSource) {
        Objects.requireNonNull(dataSource, () -> "data source of JdbcSink '" + sink + "'");
        return new JdbcSink(sink, dataSource::getConnection);
    }

    /** As {@link #into(String, DataSource)}; {@link DriverManager} opens a connection for each batch. */
    public static JdbcSink into(String sink, String url) {
        Objects.requireNonNull(url, () -> "URL of JdbcSink '" + sink + "'");
        return new JdbcSink(sink, () -> DriverManager.getConnection(url));
    }

    /** As {@link #into(String, String)}, for a user with a password. */
    public static JdbcSink into(String sink, String url, String user, String password) {
        Objects.requireNonNull(url, () -> "URL of JdbcSink '" + sink + "'");
        return new JdbcSink(sink, () -> DriverManager.getConnection(url, user, password));
    }

    /**
     * Where batches are named; {@value #DEFAULT_BATCHES_TABLE} unless set. Several sinks may share it. It has the columns {@code
     * sink varchar(200)} and {@code batch_time bigint}, which together must be its primary key.
     *
     * @param table a plain name, with a schema before a dot if need be
     */
    public JdbcSink batchesTable(String table) {
        batches = new BatchTable(Objects.requireNonNull(table, "table of batches"));
        return this;
    }

    /** Create the table of batches before a batch is written, if it is not there. */
    public JdbcSink createTable() {
        createsTable = true;
        return this;
    }

    /**
     * How many rows are sent to the database at once; 1000 unless set.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public JdbcSink batchSize(int rows) {
        batchSize = atLeast(1, rows, "a batch size");
        return this;
    }

    /**
     * For how many batches of this sink, at least, the rows in the table of batches stay; 10,000 unless set. Older ones are
     * removed now and then, in the transaction of a batch. Must be more than the batches that a recovery may run again.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public JdbcSink keepBatches(int count) {
        keptBatches = atLeast(1, count, "a number of kept batches");
        return this;
    }

    /**
     * How often a batch is tried again after a transient failure, and how long the job thread waits before that; 3 times and 100
     * ms unless set.
     *
     * @param times 0 or more
     * @param pause before the first retry, doubled before each further one
     * @throws IllegalArgumentException if one of them is negative
     */
    public JdbcSink retries(int times, Duration pause) {
        retries = atLeast(0, times, "a number of retries");
        if (pause.milliseconds() < 0) {
            throw new IllegalArgumentException(
                    "JdbcSink '" + sink + "' with a pause of " + pause + " before retries; give 0 ms or more");
        }
        pauseMs = pause.milliseconds();
        return this;
    }

    /** Let errors show what the driver said, which may hold values of records, and parts of the URL. */
    public JdbcSink driverMessages() {
        showsDriverMessages = true;
        return this;
    }

    /** Wait in another way, for tests. */
    JdbcSink waiting(Pause other) {
        waits = other;
        return this;
    }

    /**
     * The output, for {@code foreachRDD} of one stream.
     *
     * @param sql executed once for each record: an insert, or an update or upsert in the database's own words. Its effect must lie
     *     in the transaction
     * @param binder gives it the record's values
     * @param <T> record type, tuples of a keyed stream
     * @param <R> dataset of the stream
     */
    public <T, R extends RDDActions<T>> VoidFunction2<R, Time> statement(String sql, RowBinder<T> binder) {
        Objects.requireNonNull(sql, () -> "statement of JdbcSink '" + sink + "'");
        Objects.requireNonNull(binder, () -> "function that binds values of JdbcSink '" + sink + "'");
        SinkSettings settings = new SinkSettings(
                sink,
                connector,
                sql,
                batches,
                createsTable,
                batchSize,
                keptBatches,
                retries,
                pauseMs,
                showsDriverMessages);
        return new JdbcOutput<>(settings, binder, waits);
    }

    private int atLeast(int least, int given, String what) {
        if (given < least) {
            throw new IllegalArgumentException(
                    "JdbcSink '" + sink + "' with " + what + " of " + given + "; give " + least + " or more");
        }
        return given;
    }
}
