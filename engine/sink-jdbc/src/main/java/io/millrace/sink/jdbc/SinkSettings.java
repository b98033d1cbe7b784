package io.millrace.sink.jdbc;

/**
 * What a sink was told.
 *
 * @param batches the table of batches
 * @param batchSize rows sent at once
 * @param keptBatches of how many batches a row stays in the table of batches
 * @param retries attempts after the first
 * @param pauseMs before the second attempt, milliseconds; twice as long before each further one
 */
record SinkSettings(
        String sink,
        Connector connector,
        String statement,
        BatchTable batches,
        boolean createsTable,
        int batchSize,
        int keptBatches,
        int retries,
        long pauseMs,
        boolean showsDriverMessages) {
    private static final int MAX_SHOWN_CHARS = 500;

    /** The statement for messages, in quotes; cut if it is long. */
    String shownStatement() {
        return statement.length() <= MAX_SHOWN_CHARS
                ? "'" + statement + "'"
                : "'" + statement.substring(0, MAX_SHOWN_CHARS) + "…' (" + statement.length() + " characters)";
    }
}
