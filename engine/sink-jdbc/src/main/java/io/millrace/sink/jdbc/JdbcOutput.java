package io.millrace.sink.jdbc;

import io.millrace.api.RDDActions;
import io.millrace.api.Time;
import io.millrace.api.function.VoidFunction2;
import java.sql.SQLException;
import java.util.Iterator;

/**
 * Writes the batches of one stream. Owner: the job thread.
 *
 * @param <T> record type
 * @param <R> dataset of a batch
 */
final class JdbcOutput<T, R extends RDDActions<T>> implements VoidFunction2<R, Time> {
    private final SinkSettings settings;
    private final RowBinder<T> binder;
    private final Pause pause;
    private final Retention retention;
    private boolean isTableThere;

    JdbcOutput(SinkSettings settings, RowBinder<T> binder, Pause pause) {
        this.settings = settings;
        this.binder = binder;
        this.pause = pause;
        this.retention = new Retention(settings.keptBatches());
        this.isTableThere = !settings.createsTable();
    }

    /** An empty batch has nothing that could be written twice, and does not reach the database. */
    @Override
    public void call(R batch, Time time) {
        SinkNames.use(batch.context(), settings.sink(), time.milliseconds());
        Attempts attempts = new Attempts(settings, pause, time.milliseconds());
        boolean isWritten = false;
        while (!isWritten) {
            Iterator<T> records = batch.toLocalIterator(); // anew for each attempt, and before a transaction is open
            if (!records.hasNext()) {
                return;
            }
            Attempt<T> attempt = new Attempt<>(settings, binder, time);
            isWritten = attempts.make(attempt, () -> run(attempt, records));
        }
        retention.wrote(time.milliseconds());
    }

    private void run(Attempt<T> attempt, Iterator<T> records) throws SQLException {
        if (!isTableThere) {
            attempt.ensureTable();
            isTableThere = true;
        }
        attempt.run(records, retention.removableBeforeMs());
    }
}
