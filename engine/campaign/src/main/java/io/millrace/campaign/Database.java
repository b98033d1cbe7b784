package io.millrace.campaign;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;
import org.h2.tools.Server;

/** A database in this process, which outlives those that write into it, with the table of {@link Topology#JDBC}. */
final class Database implements AutoCloseable {
    private final Server server;
    private final Connection connection;
    private final String url;

    Database(String name) throws SQLException {
        server = Server.createTcpServer("-tcpPort", "0", "-ifNotExists").start();
        url = "jdbc:h2:tcp://localhost:" + server.getPort() + "/mem:" + name;
        connection = DriverManager.getConnection(url);
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table " + Topology.TABLE + " (word varchar(20), n bigint, batch_ms bigint)");
        }
    }

    /** For other processes. */
    String url() {
        return url;
    }

    /** How often each word is in the table. */
    Map<String, Integer> words() throws SQLException {
        Map<String, Integer> words = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select word, sum(n) from " + Topology.TABLE + " group by word")) {
            while (rows.next()) {
                words.put(rows.getString(1), rows.getInt(2));
            }
        }
        return words;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
        server.stop();
    }
}
