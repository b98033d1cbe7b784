package io.millrace.sink.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;

/** A database, as tests look at it. */
final class Database {
    private final DataSource source;

    Database(DataSource source) {
        this.source = source;
    }

    /** One in memory, empty at first; the same name is the same one. */
    static Database inMemory(String name) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        return new Database(source);
    }

    DataSource source() {
        return source;
    }

    void execute(String... statements) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException refused) {
            throw new AssertionError(refused);
        }
    }

    /** What a query answers, a text for each row, columns with blanks between. */
    List<String> rows(String query) {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            List<String> texts = new ArrayList<>();
            while (rows.next()) {
                StringJoiner text = new StringJoiner(" ");
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    text.add(String.valueOf(rows.getObject(column)));
                }
                texts.add(text.toString());
            }
            return texts;
        } catch (SQLException refused) {
            throw new AssertionError(refused);
        }
    }
}
