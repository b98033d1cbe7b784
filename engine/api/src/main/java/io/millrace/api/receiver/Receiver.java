package io.millrace.api.receiver;

import io.millrace.api.StorageLevel;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.Optional;

/**
 * A source of records that a program writes itself.
 *
 * <pre>{@code
 * class Ticks extends Receiver<Long> {
 *     Ticks() { super(StorageLevel.MEMORY_ONLY); }
 *
 *     @Override public void onStart() {
 *         new Thread(() -> { while (!isStopped()) { store(System.currentTimeMillis()); } }).start();
 *     }
 *
 *     @Override public void onStop() {}           // the thread sees isStopped()
 * }
 * }</pre>
 *
 * <p>The engine calls {@link #onStart} and {@link #onStop}; everything else is for the receiver's own threads, several at once if
 * it likes. Every {@code store} blocks while the engine has no room: that is how a receiver is slowed, and nothing is dropped.
 *
 * <p>When may it store? From {@code onStart} to the end of the context, also while a restart pauses it. Earlier and later:
 * <ul>
 *   <li>until the context's start has taken the receiver over, everything but {@link #streamId} and the two getters fails with an
 *       {@link AssertionError} that says so;
 *   <li>from then until {@code onStart}, and once the context has stopped the receiver for good, every {@code store} throws a
 *       {@link io.millrace.api.MillraceException}.
 * </ul>
 *
 * <p><b>Reliable receivers.</b> A sender that numbers its records, and keeps them until they are acknowledged, loses none and has none
 * counted twice, whatever ends the process:
 *
 * <pre>{@code
 *     @Override public void onStart() {
 *         sender.openBehind(lastPosition());               // -1: from the beginning
 *         new Thread(() -> { while (!isStopped()) { Message next = sender.next(); store(next.text(), next.number()); } }).start();
 *     }
 *
 *     @Override public void onAcknowledge(long position) { sender.forget(position); }
 * }</pre>
 *
 * <p>A receiver gives positions to all its records or to none.
 *
 * <p>One receiver object feeds one stream. Once its context is stopped it may be used in another.
 */
public abstract class Receiver<T> implements Serializable {

    private static final long serialVersionUID = 1L;

    private final StorageLevel storageLevel;
    private transient volatile Inlet<T> inlet;
    /** Guarded by this: whether the inlet's stream is done with this receiver. The inlet stays, for calls that come late. */
    private transient boolean isDetached;

    /** A receiver whose records are kept as {@code storageLevel} says. */
    protected Receiver(StorageLevel storageLevel) {
        this.storageLevel = Objects.requireNonNull(storageLevel, "storageLevel");
    }

    /**
     * Starts receiving: opens what has to be open, starts threads, and returns soon. An exception stops the receiver with that
     * error. Called again after each restart.
     */
    public abstract void onStart();

    /** Stops receiving: ends the threads and closes what {@link #onStart} opened. Called before each restart too. */
    public abstract void onStop();

    /**
     * All records up to a position are safe: their sender may forget them. Does nothing unless overridden. They are safe
     * <ul>
     *   <li>with the write-ahead log, when the log has them on the disk;
     *   <li>with a checkpoint and no log, when the batch that has them is committed;
     *   <li>without a checkpoint, when that batch has been run.
     * </ul>
     *
     * <p>Called between {@link #onStart} and {@link #onStop} on the thread that calls those, and after each {@code onStart} anew with what
     * is safe by then, so that a sender whose acknowledgement was lost hears it again. It may wait a little, for a network say.
     * An exception is reported as by {@link #reportError} and stops nothing.
     *
     * @param position of a record that was stored with it, above that of the call before
     */
    public void onAcknowledge(long position) {}

    /** How the records are to be kept. */
    public StorageLevel storageLevel() {
        return storageLevel;
    }

    /** The host this receiver would like to run on: no wish. On one machine a wish changes nothing. */
    public Optional<String> preferredLocation() {
        return Optional.empty();
    }

    /** Stores one record. Waits while the rate limit is reached. */
    public void store(T record) {
        inlet().store(record);
    }

    /**
     * Stores one record that its sender has given a position: a number, file offset or sequence number that grows from record to
     * record. A record whose position is not above {@link #lastPosition} was stored before; it is dropped, and counted as a duplicate.
     * Several threads have to store in the order of the positions, under a lock of theirs.
     *
     * @param position 0 or more
     * @throws IllegalArgumentException if it is negative
     * @throws io.millrace.api.MillraceException as any {@code store}; and if a record before it was stored without a position
     */
    public void store(T record, long position) {
        requirePosition(position);
        inlet().store(record, position);
    }

    /**
     * Stores records whose positions follow one another, {@code firstPosition}, {@code firstPosition + 1} and so on, each as
     * {@link #store(Object, long)} does, and returns as {@link #store(Iterator)} does.
     *
     * @param firstPosition 0 or more
     * @throws IllegalArgumentException if it is negative
     */
    public void storeFrom(long firstPosition, Iterator<? extends T> records) {
        requirePosition(firstPosition);
        inlet().storeFrom(firstPosition, records);
    }

    /** As {@link #storeFrom(long, Iterator)}. */
    public void storeFrom(long firstPosition, Collection<? extends T> records) {
        storeFrom(firstPosition, records.iterator());
    }

    private static void requirePosition(long position) {
        if (position < 0) {
            throw new IllegalArgumentException("position is " + position + ", expected 0 or more");
        }
    }

    /**
     * The highest position that is known, of the records that were stored in this life of the program and of those that a checkpoint
     * kept: where {@link #onStart} asks the sender to go on.
     *
     * @return the position of the last record that need not be sent again; -1 if there is none
     */
    public long lastPosition() {
        return inlet().lastPosition();
    }

    /**
     * Stores all records together. When it returns all of them will be in a batch, so a source may be told that they have arrived; when it
     * throws, some may be in and the source has to send all again. No rate limit. The records follow one another, as a rule in one
     * block; a cut that falls between them puts them into several, and if it is that of a batch time, into two batches.
     */
    public void store(Iterator<? extends T> records) {
        inlet().store(records, null);
    }

    /** As {@link #store(Iterator)}; {@code metadata} may be null, and is not kept yet. */
    public void store(Iterator<? extends T> records, Object metadata) {
        inlet().store(records, metadata);
    }

    /** As {@link #store(Iterator)}. */
    public void store(Collection<? extends T> records) {
        inlet().store(records.iterator(), null);
    }

    /** As {@link #store(Collection)}; {@code metadata} may be null, and is not kept yet. */
    public void store(Collection<? extends T> records, Object metadata) {
        inlet().store(records.iterator(), metadata);
    }

    /**
     * Stores one block of records that are encoded already, between the buffer's position and its limit, in the format that
     * {@code offheap/docs/block-format.md} describes. All of it is checked first. When it returns all records will be in a batch, as
     * with {@link #store(Iterator)}, and the buffer may be reused.
     */
    public void store(ByteBuffer block) {
        inlet().storeBlock(block, null);
    }

    /** As {@link #store(ByteBuffer)}; {@code metadata} may be null, and is not kept yet. */
    public void store(ByteBuffer block, Object metadata) {
        inlet().storeBlock(block, metadata);
    }

    /**
     * Stores one text record, of a receiver of {@link String}, from its UTF-8 bytes {@code bytes[offset .. offset + length)}. No
     * string is made; invalid UTF-8 becomes U+FFFD. The array may be reused when the call returns.
     */
    public void storeUtf8(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        inlet().storeUtf8(bytes, offset, length);
    }

    /** As {@link #storeUtf8(byte[], int, int)}, of a record that has a position: see {@link #store(Object, long)}. */
    public void storeUtf8(byte[] bytes, int offset, int length, long position) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        requirePosition(position);
        inlet().storeUtf8(bytes, offset, length, position);
    }

    /**
     * Stores each line as a text record, of a receiver of {@link String}: the UTF-8 between the buffer's position and its limit,
     * cut at {@code \n}, {@code \r\n} or {@code \r}; a last line without an end counts. No string is made. The buffer's position
     * moves to its limit; it may be reused when the call returns.
     */
    public void storeLines(ByteBuffer utf8Lines) {
        inlet().storeLines(utf8Lines);
    }

    /** Reports an error to the listeners and the log; stops nothing. {@code error} may be null. */
    public void reportError(String message, Throwable error) {
        inlet().reportError(message, error);
    }

    /** Asks for {@link #onStop}, the usual pause (2 s unless set otherwise) and {@link #onStart}; returns at once. */
    public void restart(String message) {
        restart(message, null);
    }

    /** As {@link #restart(String)}, because of {@code error}, which may be null. */
    public void restart(String message, Throwable error) {
        Inlet<T> to = inlet();
        to.restart(message, error, to.defaultRestartDelayMs());
    }

    /** As {@link #restart(String, Throwable)}, after a pause of {@code delayMs} milliseconds, 0 or more. */
    public void restart(String message, Throwable error, int delayMs) {
        if (delayMs < 0) {
            throw new IllegalArgumentException("delayMs is " + delayMs + ", expected 0 or more milliseconds");
        }
        inlet().restart(message, error, delayMs);
    }

    /**
     * Ends this start of the receiver: asks for {@link #onStop}, and returns at once. It is no end for good: after the usual pause
     * {@link #onStart} is called again, as after {@link #restart(String)}, unless the context is stopping. A receiver that has
     * nothing more to give does not call it, and lets its threads end.
     */
    public void stop(String message) {
        inlet().stop(message, null);
    }

    /** As {@link #stop(String)}, because of {@code error}, which may be null. */
    public void stop(String message, Throwable error) {
        inlet().stop(message, error);
    }

    /** Whether {@link #onStart} has been called and not yet been taken back. */
    public boolean isStarted() {
        return inlet().isStarted();
    }

    /** Whether this receiver has been told to stop: what its reading loops ask. */
    public boolean isStopped() {
        return inlet().isStopped();
    }

    /** The number of the input stream, from 0; -1 until the engine has taken this receiver over. */
    public int streamId() {
        Inlet<T> to = inlet;
        return to == null ? -1 : to.streamId();
    }

    /**
     * For the engine, not for programs: takes this receiver over, before {@link #onStart}. To attach the same inlet again changes
     * nothing.
     *
     * @throws IllegalStateException if another stream has this receiver, and has not let go of it by {@link #detach}
     */
    public final synchronized void attach(Inlet<T> inlet) {
        Objects.requireNonNull(inlet, "inlet");
        Inlet<T> holder = this.inlet;
        if (holder != null && holder != inlet && !isDetached) {
            throw new IllegalStateException("receiver " + getClass().getName() + " of input stream " + holder.streamId()
                    + " was given to input stream " + inlet.streamId()
                    + " too; make one Receiver object per stream, or stop the context it runs in first");
        }
        this.inlet = inlet;
        isDetached = false;
    }

    /**
     * For the engine, not for programs: {@code inlet} is done with this receiver, and another stream may have it. Until then late
     * calls still reach {@code inlet}. Does nothing when {@code inlet} does not hold it.
     */
    public final synchronized void detach(Inlet<T> inlet) {
        isDetached |= this.inlet == inlet;
    }

    private Inlet<T> inlet() {
        Inlet<T> to = inlet;
        if (to == null) {
            throw new AssertionError("receiver " + getClass().getName()
                    + " is not running yet: a computation in it started before onStart() was called;"
                    + " start threads and store records from onStart() on, not in the constructor");
        }
        return to;
    }
}
