package io.millrace.sink.jdbc;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;

/** What an {@link SQLException} says beside its text, which drivers fill with values, statements and URLs. */
final class SqlFailures {
    private static final String CONNECTION_CLASS = "08";

    /** Serialization failure, outcome unknown, deadlock; server is shutting down, has crashed, is starting. */
    private static final Set<String> TRANSIENT = Set.of("40001", "40003", "40P01", "57P01", "57P02", "57P03");

    private SqlFailures() {}

    /** Whether the same transaction may succeed when it is tried again. */
    static boolean isTransient(SQLException failure) {
        for (Throwable each : failure) { // causes and next exceptions
            if (each instanceof SQLTransientException || each instanceof SQLRecoverableException) {
                return true;
            }
            if (each instanceof SQLException sql && isTransient(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isTransient(String state) {
        return state != null && (state.startsWith(CONNECTION_CLASS) || TRANSIENT.contains(state));
    }

    /** Class, state and vendor code. */
    static String describe(SQLException failure) {
        return failure.getClass().getName() + ", SQLState " + failure.getSQLState() + ", vendor code "
                + failure.getErrorCode();
    }

    /** The same failure at the same place, without a text and without what lies below it. */
    static SQLException withoutText(SQLException failure) {
        SQLException bare = new SQLException(
                "text of " + failure.getClass().getName() + " left out", failure.getSQLState(), failure.getErrorCode());
        bare.setStackTrace(failure.getStackTrace());
        return bare;
    }
}
