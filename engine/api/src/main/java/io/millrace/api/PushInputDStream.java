package io.millrace.api;

import io.millrace.plan.OperatorId;
import io.millrace.spi.PushPort;
import java.lang.invoke.MethodType;

/**
 * A stream that the embedding process feeds itself. Offers are safe from several threads, never block and allocate
 * nothing; {@code false} means that the record was not taken: the ring or the memory is full, or the context is not
 * running (not yet started, completed or stopped). The caller decides whether to try again or to drop.
 *
 * @param <T> record type
 */
public final class PushInputDStream<T> extends InputDStream<T> {
    private final Class<?> records;
    private final boolean takesText;
    private volatile PushPort<T> port;

    PushInputDStream(StreamingContext context, OperatorId id, int streamId, Class<T> records) {
        super(context, id, streamId);
        this.records = MethodType.methodType(records).wrap().returnType(); // Integer for int
        this.takesText = this.records.isAssignableFrom(String.class);
    }

    /**
     * Offer one record; null is one too.
     *
     * @throws IllegalArgumentException if it is not of the class that the stream was made for; or if it is longer than
     *     {@code millrace.maxRecordBytes} or a quarter of {@code millrace.memory.maxBytes}: it is counted, warned of and
     *     not taken, and offering it again would change nothing
     */
    public boolean offer(T record) {
        if (record != null && !records.isInstance(record)) {
            throw wrongClass(record.getClass());
        }
        PushPort<T> open = port;
        return open != null && open.offer(record);
    }

    /**
     * Offer one text record as UTF-8 bytes; they are copied, and invalid ones become U+FFFD.
     *
     * @throws IllegalArgumentException if the stream is not one of strings, or the record is too long, as with
     *     {@link #offer}
     */
    public boolean offerUtf8(byte[] bytes, int offset, int length) {
        if (!takesText) {
            throw wrongClass(String.class);
        }
        PushPort<T> open = port;
        return open != null && open.offerUtf8(bytes, offset, length);
    }

    private IllegalArgumentException wrongClass(Class<?> given) {
        return new IllegalArgumentException("'" + id() + "' takes records of " + records.getName() + ", not of "
                + given.getName() + "; give pushStream(...) the class of what is offered");
    }

    /**
     * No more records will come. When every input of the context is complete and what they gave is processed, the
     * context ends by itself.
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
