package io.millrace.ingest.ring;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Makes records of bytes that come in pieces of any size.
 *
 * <p>Use: fill {@link #window}, tell {@link #accept} how much came, and so on; {@link #end} when no more come. When an answer is FULL
 * nothing is lost: call {@link #resume} until it is not. Thread: the one writer of the ring.
 */
public interface Framer {
    /**
     * Room for the next bytes. Only after the last answer was not FULL.
     *
     * @return a buffer with at least one byte remaining, valid until {@link #accept}; null when the ring or the memory is full
     */
    ByteBuffer window();

    /**
     * So many bytes were put into the {@link #window}: make records of what is whole.
     *
     * @return ACCEPTED, or FULL: {@link #resume} later
     * @throws IOException if the bytes are not what they should be; then only {@link #abandon} makes sense
     */
    OfferResult accept(int bytes) throws IOException;

    /**
     * Go on after FULL.
     *
     * @return ACCEPTED when all that was accepted so far is records, or FULL still
     * @throws IOException as {@link #accept}
     */
    OfferResult resume() throws IOException;

    /**
     * There are no more bytes. The framer can then be used anew.
     *
     * @return ACCEPTED, or FULL: call again later
     * @throws IOException if something is missing that would have to follow; what is left is forgotten
     */
    OfferResult end() throws IOException;

    /** Forget what is not a record yet. */
    void abandon();
}
