package io.millrace.sink.jdbc;

import io.millrace.api.RDDActions;
import io.millrace.api.Time;
import io.millrace.api.function.VoidFunction2;
import java.sql.SQLException;
import java.util.Iterator;

/**
 * Writes batches, with as many attempts as are allowed. After a commit whose outcome is unknown the table of batches tells whether
 * it took place. Owner: the job thread.
 *
 * @param <T> record type
 * @param <R> dataset of a batch
 */
final class JdbcOutput<T, R extends RDDActions<T>> implements VoidFunction2<R, Time> {

    private static final long serialVersionUID = 1L;

    private static final int MAX_DOUBLINGS = 10;

    private final transient SinkSettings settings;
    private final transient RowBinder<T> binder;
    private final transient Pause pause;
    private final transient Retention retention;

    JdbcOutput(SinkSettings settings, RowBinder<T> binder, Pause pause) {
        this.settings = settings;
        this.binder = binder;
        this.pause = pause;
        this.retention = new Retention(settings.keptBatches());
    }

    /** An empty batch has nothing to be written twice, and does not reach the database. */
    @Override
    public void call(R batch, Time time) {
        SinkNames.use(batch.context(), settings.sink(), time.milliseconds());
        boolean isWritten = false;
        for (int attempt = 0; !isWritten; attempt++) {
            Iterator<T> records = batch.toLocalIterator();
            if (!records.hasNext()) {
                return;
            }
            isWritten = attempt(records, time, attempt);
        }
        retention.wrote(time.milliseconds());
    }

    /** False if it failed, and may be tried again; the pause before that is over then. */
    private boolean attempt(Iterator<T> records, Time time, int number) {
        Attempt<T> attempt = new Attempt<>(settings, binder, time);
        try {
            attempt.run(records, retention.removableBeforeMs());
            return true;
        } catch (SQLException failure) {
            boolean isTransient = SqlFailures.isTransient(failure);
            boolean isUnknown = false;
            if (attempt.isInDoubt()) {
                try {
                    if (isThere(time)) {
                        return true;
                    }
                } catch (SQLException unanswered) {
                    isTransient |= SqlFailures.isTransient(unanswered);
                    isUnknown = attempt.wasCommitting();
                }
            }
            if (!isTransient || number == settings.retries()) {
                throw told(time, attempt.failure(), number + 1, isUnknown, failure);
            }
            pauseBeforeNext(time, attempt, number, isUnknown, failure);
            return false;
        }
    }

    private boolean isThere(Time time) throws SQLException {
        try (Session session = Session.open(settings.connector())) {
            return settings.batches().contains(session.connection(), settings.sink(), time.milliseconds());
        }
    }

    private void pauseBeforeNext(
            Time time, Attempt<T> attempt, int number, boolean isUnknown, SQLException failure) {
        try {
            pause.await(settings.pauseMs() << Math.min(number, MAX_DOUBLINGS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw told(
                    time,
                    attempt.failure() + ", and the wait for another attempt was interrupted",
                    number + 1,
                    isUnknown,
                    failure);
        }
    }

    private JdbcSinkException told(
            Time time, String what, int attempts, boolean isUnknown, SQLException failure) {
        boolean shows = settings.showsDriverMessages();
        String outcome = isUnknown
                ? "whether the batch is in the database is not known, and will be found out if it is run again"
                : "nothing of the batch is in the database";
        String driver = shows
                ? failure.getMessage()
                : "the driver's text may hold values and is left out, driverMessages() shows it";
        return new JdbcSinkException(
                settings.sink(),
                time.milliseconds(),
                what + "; " + SqlFailures.describe(failure) + "; attempts " + attempts + "; " + outcome + "; " + driver,
                shows ? failure : SqlFailures.withoutText(failure));
    }
}
