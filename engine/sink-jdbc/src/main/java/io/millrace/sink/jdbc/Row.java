package io.millrace.sink.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The values of one execution of a statement, from left to right: {@code row.add(pair._1).add(pair._2)}. Owner: the job thread,
 * during one call of a {@link RowBinder}.
 */
public final class Row {
    private final PreparedStatement statement;
    private int values;

    Row(PreparedStatement statement) {
        this.statement = statement;
    }

    /** Nothing of the row before stays: a value that is not given is refused by the driver, and not taken from there. */
    void clear() throws SQLException {
        statement.clearParameters();
        values = 0;
    }

    /** How many were added. */
    int values() {
        return values;
    }

    /** The next value; returns this. */
    public Row add(int value) throws SQLException {
        statement.setInt(++values, value);
        return this;
    }

    /** The next value; returns this. */
    public Row add(long value) throws SQLException {
        statement.setLong(++values, value);
        return this;
    }

    /** The next value; returns this. */
    public Row add(double value) throws SQLException {
        statement.setDouble(++values, value);
        return this;
    }

    /** The next value; returns this. */
    public Row add(boolean value) throws SQLException {
        statement.setBoolean(++values, value);
        return this;
    }

    /** The next value, as a text of one character; returns this. */
    public Row add(char value) throws SQLException {
        statement.setString(++values, String.valueOf(value));
        return this;
    }

    /**
     * The next value, of any type that the driver's {@code setObject} takes: texts, boxed and big numbers, bytes, {@code
     * java.time} types. Null is SQL's null. Returns this.
     */
    public Row add(Object value) throws SQLException {
        statement.setObject(++values, value);
        return this;
    }

    /** The next value is null, of a type of {@link java.sql.Types}, for drivers that want to know it; returns this. */
    public Row addNull(int sqlType) throws SQLException {
        statement.setNull(++values, sqlType);
        return this;
    }
}
