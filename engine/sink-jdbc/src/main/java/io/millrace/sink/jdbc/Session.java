package io.millrace.sink.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** A connection for one transaction. What is not committed when it is closed is rolled back. Owner: one thread. */
final class Session implements AutoCloseable {
    private final Connection connection;
    private final boolean wasAutoCommit;
    private boolean isCommitted;

    private Session(Connection connection) throws SQLException {
        this.connection = connection;
        this.wasAutoCommit = connection.getAutoCommit();
        if (wasAutoCommit) {
            connection.setAutoCommit(false);
        }
    }

    static Session open(Connector connector) throws SQLException {
        Connection connection = connector.open();
        try {
            return new Session(connection);
        } catch (SQLException | RuntimeException unusable) {
            closeQuietly(connection);
            throw unusable;
        }
    }

    Connection connection() {
        return connection;
    }

    void commit() throws SQLException {
        connection.commit();
        isCommitted = true;
    }

    /** Never throws: what was committed is committed, and a connection that cannot be closed is gone. */
    @Override
    public void close() {
        try {
            if (!isCommitted) {
                connection.rollback();
            }
            if (wasAutoCommit) {
                connection.setAutoCommit(
                        true); // as the pool gave it; commits what is open, so never before the rollback
            }
        } catch (SQLException | RuntimeException broken) {
            abort(connection);
        }
        closeQuietly(connection);
    }

    /** Some databases commit when a connection is closed in order; this one must not be, nor go back to a pool. */
    private static void abort(Connection connection) {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException | RuntimeException | AbstractMethodError gone) {
            // nothing is left to be done with it
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException | RuntimeException gone) {
            // it is of no more use, closed or not
        }
    }
}
