package io.millrace.sink.jdbc;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Pattern;

/**
 * The table that names what was written: a row for each batch of each sink. Its primary key is what makes a batch be there once:
 * while a transaction of an earlier attempt is still open on the server, a second row of the same batch waits for its end.
 */
final class BatchTable {
    /** Longest name of a sink, characters. */
    static final int MAX_SINK_CHARS = 200;

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*){0,2}");

    private final String table;

    /** @throws IllegalArgumentException if it is no plain name, with up to two qualifiers */
    BatchTable(String table) {
        if (!NAME.matcher(table).matches()) {
            throw new IllegalArgumentException("table of batches '" + table
                    + "'; give a name of letters, digits and underscores, with a schema before a dot if need be");
        }
        this.table = table;
    }

    String name() {
        return table;
    }

    String createStatement() {
        return "create table " + table + " (sink varchar(" + MAX_SINK_CHARS
                + ") not null, batch_time bigint not null, primary key (sink, batch_time))";
    }

    /** Create it if it is not there. Standard SQL has no word for that, so it is asked for a row first. */
    void ensure(Connector connector) throws SQLException {
        if (exists(connector)) {
            return;
        }
        try (Session session = Session.open(connector);
                Statement create = session.connection().createStatement()) {
            create.execute(createStatement());
            session.commit();
        } catch (SQLException refused) {
            if (!exists(connector)) { // else another process made it at the same time
                throw refused;
            }
        }
    }

    private boolean exists(Connector connector) throws SQLException {
        try (Session session = Session.open(connector)) {
            return answers(session.connection());
        }
    }

    private boolean answers(Connection connection) throws SQLException {
        try {
            contains(connection, "", 0);
            return true;
        } catch (SQLException absent) {
            if (SqlFailures.isTransient(absent)) {
                throw absent;
            }
            return false;
        }
    }

    void add(Connection connection, String sink, long timeMs) throws SQLException {
        update(connection, "insert into " + table + " (sink, batch_time) values (?, ?)", sink, timeMs);
    }

    void removeBefore(Connection connection, String sink, long timeMs) throws SQLException {
        update(connection, "delete from " + table + " where sink = ? and batch_time < ?", sink, timeMs);
    }

    boolean contains(Connection connection, String sink, long timeMs) throws SQLException {
        String select = "select batch_time from " + table + " where sink = ? and batch_time = ?";
        try (PreparedStatement statement = connection.prepareStatement(select)) {
            statement.setString(1, sink);
            statement.setLong(2, timeMs);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void update(Connection connection, String sql, String sink, long timeMs) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, sink);
            statement.setLong(2, timeMs);
            statement.executeUpdate();
        }
    }
}
