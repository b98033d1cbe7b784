package io.millrace.api;

import io.millrace.plan.OperatorId;
import io.millrace.spi.PushPort;

/**
 * A stream that the embedding process feeds itself. Offers are safe from several threads, never block and allocate
 * nothing; {@code false} means that the record was not taken: the ring or the memory is full, or the context is not
 * running (not yet started, completed or stopped). The caller decides whether to try again or to drop.
 *
 * @param <T> record type
 */
public final class PushInputDStream<T> extends InputDStream<T> {
    private volatile PushPort<T> port;

    PushInputDStream(StreamingContext context, OperatorId id, int streamId) {
        super(context, id, streamId);
    }

    /**
     * Offer one record.
     *
     * @throws IllegalArgumentException if the record is longer than {@code millrace.maxRecordBytes}, or than a quarter of
     *     {@code millrace.memory.maxBytes}: it is counted, warned of and not taken, and offering it again would change nothing
     */
    public boolean offer(T record) {
        PushPort<T> open = port;
        return open != null && open.offer(record);
    }

    /**
     * Offer one text record as UTF-8 bytes; they are copied, and invalid ones become U+FFFD.
     *
     * @throws IllegalArgumentException if the record is too long, as with {@link #offer}
     */
    public boolean offerUtf8(byte[] bytes, int offset, int length) {
        PushPort<T> open = port;
        return open != null && open.offerUtf8(bytes, offset, length);
    }

    /**
     * No more records will come. When every input of the context is complete and what they gave is processed, the context
     * ends by itself.
     *
     * @throws IllegalStateException if the context has not been started
     */
    public void complete() {
        PushPort<T> open = port;
        if (open == null) {
            throw new IllegalStateException(
                    "complete() on '" + id() + "' before the context was started; call start() first");
        }
        open.complete();
    }

    void open(PushPort<T> to) {
        port = to;
    }
}
