package io.millrace.sink.jdbc;

import java.sql.SQLException;

/**
 * The attempts to write one batch, as many as are allowed. Where a failure leaves it open whether the batch was written, the table
 * of batches is asked. Owner: the job thread.
 */
final class Attempts {
    private static final int MAX_DOUBLINGS = 10;

    private final SinkSettings settings;
    private final Pause pause;
    private final long batchTimeMs;
    private int made;
    private boolean mayBeThere;

    /** What an attempt does. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    Attempts(SinkSettings settings, Pause pause, long batchTimeMs) {
        this.settings = settings;
        this.pause = pause;
        this.batchTimeMs = batchTimeMs;
    }

    /**
     * Make one attempt. If it failed, and may be tried again, the pause before that is over when this returns.
     *
     * @return whether the batch is in the database
     * @throws JdbcSinkException if it is not to be tried again
     */
    boolean make(Attempt<?> attempt, Work work) {
        made++;
        try {
            work.run();
            return true;
        } catch (SQLException failure) {
            boolean isTransient = SqlFailures.isTransient(failure);
            try {
                if (attempt.isInDoubt() && isThere()) {
                    return true;
                }
                noteDoubt(attempt, isTransient);
            } catch (SQLException unanswered) {
                noteDoubt(attempt, true);
                isTransient |= SqlFailures.isTransient(unanswered);
            }
            if (!isTransient || made > settings.retries()) {
                throw told(attempt.failure(), failure);
            }
            pauseAfter(attempt, failure);
            return false;
        }
    }

    /**
     * A commit that was cut off may still take place on the server, even if the batch is not seen yet. One who could enter the
     * batch after that knows that it did not.
     */
    private void noteDoubt(Attempt<?> attempt, boolean isCommitOpen) {
        if (attempt.hasEntered()) {
            mayBeThere = attempt.isCommitting() && isCommitOpen;
        }
    }

    private boolean isThere() throws SQLException {
        try (Session session = Session.open(settings.connector())) {
            return settings.batches().contains(session.connection(), settings.sink(), batchTimeMs);
        }
    }

    private void pauseAfter(Attempt<?> attempt, SQLException failure) {
        try {
            pause.await(settings.pauseMs() << Math.min(made - 1, MAX_DOUBLINGS));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw told(attempt.failure() + ", and the wait for another attempt was interrupted", failure);
        }
    }

    private JdbcSinkException told(String what, SQLException failure) {
        String outcome = mayBeThere
                ? "whether the batch is in the database is not known, and is found out if it is run again"
                : "nothing of the batch is in the database";
        boolean shows = settings.showsDriverMessages();
        String driver = shows
                ? "the driver said: " + failure.getMessage()
                : "what the driver said may hold values; driverMessages() shows it";
        return new JdbcSinkException(
                settings.sink(),
                batchTimeMs,
                what + "; " + SqlFailures.describe(failure) + "; attempts: " + made + "; " + outcome + "; " + driver,
                shows ? failure : SqlFailures.withoutText(failure));
    }
}
