package io.millrace.sink.jdbc;

import java.sql.Connection;
import java.sql.SQLException;

/** Gives connections, each to be closed by who asked. */
@FunctionalInterface
interface Connector {
    Connection open() throws SQLException;
}
