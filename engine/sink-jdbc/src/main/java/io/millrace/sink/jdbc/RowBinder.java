package io.millrace.sink.jdbc;

import io.millrace.api.Time;

/**
 * Gives a statement the values of one record.
 *
 * @param <T> record type
 */
@FunctionalInterface
public interface RowBinder<T> {
    /**
     * Add a value for each question mark of the statement, from left to right. Called on the job thread, once for each record and
     * attempt, so it must add the same values for the same record and time. What it throws rolls the batch back.
     *
     * @param row takes the values; to be used during this call only
     * @param time of the batch
     */
    void bind(Row row, T record, Time time) throws Exception;
}
