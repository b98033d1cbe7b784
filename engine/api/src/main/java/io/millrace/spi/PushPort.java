package io.millrace.spi;

/**
 * The inner side of a push stream: what {@code PushInputDStream} forwards to while its context runs. Safe from several
 * threads; never blocks; allocates nothing.
 *
 * @param <T> record type
 */
public interface PushPort<T> {
    /**
     * Offer one record; false means full or closed, and the record was not taken.
     *
     * @throws IllegalArgumentException if the record is longer than {@code millrace.maxRecordBytes}, or than a quarter of
     *     {@code millrace.memory.maxBytes}: it is counted, warned of and not taken, and offering it again would change nothing
     */
    boolean offer(T record);

    /**
     * Offer one text record as UTF-8; invalid bytes become U+FFFD. False means full or closed.
     *
     * @throws IllegalArgumentException if the record is too long, as with {@link #offer}
     */
    boolean offerUtf8(byte[] bytes, int offset, int length);

    /** No more records will come. Later offers answer false. */
    void complete();
}
