package io.millrace.api.receiver;

import java.nio.ByteBuffer;
import java.util.Iterator;

/**
 * Where a receiver's records go in: what the engine stands behind each {@link Receiver}. Programs write to the receiver; whoever
 * runs receivers implements this.
 *
 * <p>Thread: any, several at once. Memory: what is passed may be reused by the caller as soon as the call returns; records that
 * are objects are kept by reference. Every {@code store} blocks while the engine has no room, which is how a receiver is slowed; nothing
 * is dropped.
 *
 * <p>Any {@code store} throws a {@link io.millrace.api.MillraceException} before the receiver's first start, and after it was stopped
 * for good; not between a stop and the restart that follows.
 */
public interface Inlet<T> {

    /** Stores one record; returns when it is written, before it is part of a batch. Subject to the receiver's rate limit. */
    void store(T record);

    /**
     * Stores all of {@code records} together; returns when no cut can lose them, so that a reliable receiver may acknowledge them.
     *
     * @param metadata what the receiver knows of these records, or null; accepted, and not kept yet
     */
    void store(Iterator<? extends T> records, Object metadata);

    /**
     * Stores one record as {@link #store(Object)} does, or drops it as a duplicate if {@code position} is not above
     * {@link #lastPosition()}.
     */
    void store(T record, long position);

    /**
     * Stores {@code records} as {@link #store(Iterator, Object)} does; the first has the position {@code firstPosition}, each other one
     * that of the record before it plus 1. Those that are not above {@link #lastPosition()} are dropped as duplicates.
     */
    void storeFrom(long firstPosition, Iterator<? extends T> records);

    /** Stores one text record from its UTF-8 bytes {@code bytes[offset .. offset + length)}, as {@link #store(Object)} does. */
    void storeUtf8(byte[] bytes, int offset, int length);

    /** Stores one text record as {@link #storeUtf8(byte[], int, int)} does, or drops it as {@link #store(Object, long)} does. */
    void storeUtf8(byte[] bytes, int offset, int length, long position);

    /** The highest position that is known; -1 if there is none. */
    long lastPosition();

    /** Stores each line between the buffer's position and its limit as a text record, and moves the position to the limit. */
    void storeLines(ByteBuffer utf8Lines);

    /**
     * Stores one block in the format that {@code offheap/docs/block-format.md} describes, between the buffer's position and its limit.
     *
     * @param metadata what the receiver knows of these records, or null; accepted, and not kept yet
     */
    void storeBlock(ByteBuffer block, Object metadata);

    /** Reports an error; stops nothing. {@code error} may be null. */
    void reportError(String message, Throwable error);

    /** Asks for a stop, a pause of {@code delayMs} milliseconds and a new start; returns at once. {@code error} may be null. */
    void restart(String message, Throwable error, int delayMs);

    /** Asks for a stop; returns at once. {@code error} may be null. */
    void stop(String message, Throwable error);

    /** Whether {@link Receiver#onStart} has been called and not yet been taken back. */
    boolean isStarted();

    /** Whether the receiver has been told to stop, and should end its threads. */
    boolean isStopped();

    /** The number of the input stream, from 0. */
    int streamId();

    /** The pause before a restart that names none, in milliseconds. */
    int defaultRestartDelayMs();
}
