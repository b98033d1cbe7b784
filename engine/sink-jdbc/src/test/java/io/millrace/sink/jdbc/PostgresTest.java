package io.millrace.sink.jdbc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeAll;
import org.postgresql.ds.PGSimpleDataSource;

/** The contract, on a PostgreSQL server; skipped where none is named. Its tables are made anew in the URL's schema. */
class PostgresTest extends JdbcSinkContract {
    private static final String URL = "MILLRACE_TEST_POSTGRES_URL";

    @BeforeAll
    static void aSkippedContractIsSaidAloud() {
        if (System.getenv(URL) == null) {
            System.out.println("SKIPPED, not passed: the JDBC output on PostgreSQL; set " + URL
                    + ", for example to jdbc:postgresql://localhost/test?user=test");
        }
    }

    @Override
    Database database() {
        String url = System.getenv(URL);
        assumeTrue(url != null, URL + " is not set");
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(url);
        return new Database(source);
    }

    /** Each connection is a process of the server. */
    @Override
    int seeds() {
        return 8;
    }
}
