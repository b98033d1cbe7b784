package io.millrace.spi;

/**
 * The inner side of a push stream: what {@code PushInputDStream} forwards to while its context runs. Safe from several
 * threads; never blocks; allocates nothing.
 *
 * @param <T> record type
 */
public interface PushPort<T> {
    /** Offer one record; false means full or closed, and the record was not taken. */
    boolean offer(T record);

    /** Offer one text record as UTF-8; invalid bytes become U+FFFD. False means full or closed. */
    boolean offerUtf8(byte[] bytes, int offset, int length);

    /** No more records will come. Later offers answer false. */
    void complete();
}
