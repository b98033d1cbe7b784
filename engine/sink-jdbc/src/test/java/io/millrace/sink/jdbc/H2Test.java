package io.millrace.sink.jdbc;

/** The contract, on a database in this process. */
class H2Test extends JdbcSinkContract {
    @Override
    Database database() {
        return Database.inMemory("contract");
    }

    @Override
    int seeds() {
        return 40;
    }
}
