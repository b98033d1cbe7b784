package io.millrace.sink.jdbc;

import io.millrace.api.Time;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Iterator;

/**
 * One attempt to write one batch: one transaction, and how far it came. Owner: the job thread.
 *
 * @param <T> record type
 */
final class Attempt<T> {
    private enum Step {
        CREATE("the table of batches could not be made"),
        OPEN("no connection was had"),
        ENTER("the batch could not be entered in the table of batches"),
        WRITE("rows were refused"),
        REMOVE("old batches could not be removed from the table of batches"),
        COMMIT("the commit failed");

        private final String failure;

        Step(String failure) {
            this.failure = failure;
        }
    }

    private final SinkSettings settings;
    private final RowBinder<T> binder;
    private final Time time;
    private Step step = Step.OPEN;
    private long firstRow = 1;
    private long lastRow;
    private int values;

    Attempt(SinkSettings settings, RowBinder<T> binder, Time time) {
        this.settings = settings;
        this.binder = binder;
        this.time = time;
    }

    /** Make the table of batches, if it is not there, in a transaction of its own. */
    void ensureTable() throws SQLException {
        step = Step.CREATE;
        settings.batches().ensure(settings.connector());
    }

    /**
     * Write the records, once through the iterator.
     *
     * @param removableBeforeMs rows of this sink's batches before that go
     * @throws SQLException if a step failed; everything is rolled back, unless {@link #isInDoubt()}
     * @throws JdbcSinkException if the binder threw; everything is rolled back
     */
    void run(Iterator<T> records, long removableBeforeMs) throws SQLException {
        BatchTable batches = settings.batches();
        step = Step.OPEN;
        try (Session session = Session.open(settings.connector())) {
            Connection connection = session.connection();
            step = Step.ENTER; // first: whoever else writes this batch is waited for here, before any of its rows
            batches.add(connection, settings.sink(), time.milliseconds());
            step = Step.WRITE;
            write(connection, records);
            step = Step.REMOVE;
            if (removableBeforeMs != Retention.NOTHING) {
                batches.removeBefore(connection, settings.sink(), removableBeforeMs);
            }
            step = Step.COMMIT;
            session.commit();
        }
    }

    private void write(Connection connection, Iterator<T> records) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(settings.statement())) {
            Row row = new Row(statement);
            while (records.hasNext()) {
                T record = records.next();
                lastRow++;
                bind(row, record);
                statement.addBatch();
                if (lastRow - firstRow + 1 == settings.batchSize()) {
                    send(statement);
                }
            }
            if (lastRow >= firstRow) {
                send(statement);
            }
        }
    }

    private void send(PreparedStatement statement) throws SQLException {
        statement.executeBatch();
        firstRow = lastRow + 1;
    }

    private void bind(Row row, T record) throws SQLException {
        row.clear();
        try {
            binder.bind(row, record, time);
        } catch (SQLException refused) {
            throw refused;
        } catch (Exception thrown) {
            throw new JdbcSinkException(
                    settings.sink(),
                    time.milliseconds(),
                    "the function that binds values threw " + thrown.getClass().getName() + " on row " + lastRow
                            + ", after " + row.values() + " values of " + settings.shownStatement()
                            + "; the batch was rolled back",
                    thrown);
        } finally {
            values = row.values();
        }
    }

    /** Whether the batch may be in the database although the attempt failed: of an earlier attempt, or of this one. */
    boolean isInDoubt() {
        return step == Step.ENTER || step == Step.COMMIT;
    }

    /** Whether its row was taken into the table of batches; a transaction of before, if there was any, had no such row then. */
    boolean hasEntered() {
        return step.compareTo(Step.ENTER) > 0;
    }

    /** Whether the commit was asked for. */
    boolean isCommitting() {
        return step == Step.COMMIT;
    }

    /** What failed, for people. */
    String failure() {
        return step != Step.WRITE
                ? step.failure + " (" + settings.batches().name() + "; " + settings.shownStatement() + ")"
                : step.failure + ", of rows " + firstRow + " to " + lastRow + ", by " + settings.shownStatement()
                        + " with " + values + " values";
    }
}
