package io.millrace.sink.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.postgresql.ds.PGSimpleDataSource;

/** The contract, on a PostgreSQL server; skipped where none is named. Its tables are made anew in the URL's schema. */
class PostgresTest extends JdbcSinkContract {
    private static final String URL = "MILLRACE_TEST_POSTGRES_URL";

    @BeforeAll
    static void aServerIsNamed() {
        boolean isNamed = System.getenv(URL) != null;
        if (!isNamed) {
            System.out.println("SKIPPED, not passed: the JDBC output on PostgreSQL; set " + URL
                    + ", for example to jdbc:postgresql://localhost/test?user=test");
        }
        assumeTrue(isNamed, URL + " is not set");
    }

    @Override
    Database database() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(System.getenv(URL));
        return new Database(source);
    }
}
