package io.millrace.ingest.receiver;

import io.millrace.api.MillraceException;
import io.millrace.api.StorageLevel;
import io.millrace.ingest.IngestConfig;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.rate.RateLimit;
import io.millrace.ingest.ring.ObjectHolding;
import io.millrace.ingest.ring.OfferResult;
import io.millrace.ingest.ring.Positions;
import io.millrace.ingest.ring.RecordWriter;
import io.millrace.ingest.ring.RingProducer;
import io.millrace.ingest.text.LineFramer;
import io.millrace.ingest.wait.Doorbell;
import io.millrace.offheap.block.BlockBytesReader;
import io.millrace.offheap.block.CorruptBlockException;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Where all threads of one receiver store: one lock in front of the ring's one writer. While the ring or the memory is full,
 * a store waits; it is never dropped in silence, it ends with room or with an exception.
 *
 * <p>Where there is a log, a store of several records waits until they are durable, so that a source may be told that they have
 * arrived. A store of one record does not wait.
 *
 * <p>A record that has a position, not above the highest there was, is dropped and counted.
 *
 * <p>Thread: any. When the caller drives, its own thread cannot wait for itself: a store on that thread makes the room it
 * needs, and is neither held back by the rate limit nor does it wait for the log.
 */
final class StoreDoor {
    private static final long MAX_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final int MAX_DOUBLINGS = 10;

    private enum Phase {
        NOT_STARTED,
        OPEN,
        /** Stores are taken, but do not wait: nobody promises to make room any more. */
        CLOSING,
        CLOSED
    }

    private final String name;
    private final RingProducer producer;
    private final Positions positions;
    private final RecordWriter writer;
    private final LineFramer framer;
    private final BlockBytesReader block = new BlockBytesReader();
    private final RateLimit rate;
    private final boolean isSpinning;
    private final BooleanSupplier makeRoom;
    private final boolean isLogged;
    private final Doorbell consumerBell;
    private final ReentrantLock lock = new ReentrantLock();

    private volatile Phase phase = Phase.NOT_STARTED;
    private volatile Thread driver;

    /**
     * A door that is still shut.
     *
     * @param name of the source, for messages
     * @param level how its records are to be held
     * @param makeRoom tries to make room, says whether there is more now; called on the driving thread only
     */
    StoreDoor(
            String name,
            StorageLevel level,
            RingProducer producer,
            IngestConfig config,
            IngestPorts ports,
            BooleanSupplier makeRoom) {
        this.name = name;
        this.producer = producer;
        this.positions = producer.positions();
        positions.undecided();
        this.isLogged = config.isLogged();
        this.consumerBell = ports.consumerBell();
        this.writer =
                new RecordWriter(producer, config.maxHeldRecords(), ObjectHolding.of(level, isLogged), ports.objects());
        this.framer = new LineFramer(producer);
        this.rate = new RateLimit(config.maxRecordsPerSecond(), ports.clock());
        this.isSpinning = ports.spinning();
        this.makeRoom = makeRoom;
    }

    // ---- life ----

    synchronized void open() {
        phase = phase == Phase.NOT_STARTED ? Phase.OPEN : phase;
    }

    /** From now on a store that finds no room fails instead of waiting. */
    synchronized void stopWaiting() {
        phase = phase == Phase.CLOSED ? phase : Phase.CLOSING;
    }

    /**
     * Shut the door for good, and end the open slab.
     *
     * @return false if a storing thread did not leave within {@code waitMs}: it may still publish the one record it is at
     */
    boolean close(long waitMs) {
        synchronized (this) {
            phase = Phase.CLOSED;
        }
        try {
            if (!lock.tryLock(waitMs, TimeUnit.MILLISECONDS)) {
                return false;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            producer.close();
        } finally {
            lock.unlock();
        }
        return true;
    }

    /** The calling thread drives everything, the consumer too. */
    void drivenByThisThread() {
        driver = Thread.currentThread();
    }

    // ---- stores ----

    void store(Object record) {
        store(record, Positions.NONE);
    }

    void store(Object record, long position) {
        storeOne(record, null, 0, 0, position);
    }

    void storeUtf8(byte[] bytes, int offset, int length, long position) {
        storeOne(null, bytes, offset, length, position);
    }

    private void storeOne(Object record, byte[] utf8, int offset, int length, long position) {
        long waitNanos;
        do {
            lock.lock();
            try {
                requireOpen();
                waitNanos = 0;
                if (admits(position)) {
                    waitNanos = isDriving() || phase != Phase.OPEN ? 0 : rate.acquire();
                    if (waitNanos == 0) {
                        write(record, utf8, offset, length, position);
                    }
                }
            } finally {
                leave();
            }
            if (waitNanos > 0) {
                requireNoInterrupt("the rate limit to allow a record");
                pause(waitNanos);
            }
        } while (waitNanos > 0);
    }

    void storeAll(Iterator<?> records) {
        storeAll(records, Positions.NONE, 0);
    }

    /** The first record has that position, each other one that of the one before it plus 1. */
    void storeFrom(long firstPosition, Iterator<?> records) {
        storeAll(records, firstPosition, 1);
    }

    private void storeAll(Iterator<?> records, long firstPosition, int step) {
        long published;
        lock.lock();
        try {
            for (long position = firstPosition; records.hasNext(); position += step) {
                Object record = records.next();
                requireOpen();
                if (admits(position)) {
                    write(record, null, 0, 0, position);
                }
            }
            published = producer.publishedRows();
        } finally {
            leave();
        }
        awaitDurable(published);
    }

    void storeLines(ByteBuffer lines) {
        long published;
        lock.lock();
        try {
            requireOpen();
            admits(Positions.NONE);
            for (int tries = 0; framer.write(lines) == OfferResult.FULL; tries++) {
                awaitRoom(tries);
            }
            for (int tries = 0; framer.end() == OfferResult.FULL; tries++) {
                awaitRoom(tries);
            }
            published = producer.publishedRows();
        } finally {
            framer.abandon();
            leave();
        }
        awaitDurable(published);
    }

    void storeBlock(ByteBuffer bytes) {
        long published;
        lock.lock();
        try {
            requireOpen();
            admits(Positions.NONE);
            block.wrap(bytes);
            for (int tries = 0; writer.writeRows(block) == OfferResult.FULL; tries++) {
                awaitRoom(tries);
                requireOpen();
            }
            published = producer.publishedRows();
        } catch (CorruptBlockException e) {
            throw new MillraceException(
                    "a block stored by " + source() + " was refused, and nothing of it was taken: " + e.getMessage(),
                    e);
        } finally {
            leave();
        }
        awaitDurable(published);
    }

    /** Whether a record is to be stored: not if it is a duplicate, which is counted. */
    private boolean admits(long position) {
        try {
            boolean isNew = positions.admits(position);
            if (!isNew) {
                producer.counters().countDuplicate();
            }
            return isNew;
        } catch (IllegalStateException mixed) {
            throw refused(mixed.getMessage());
        }
    }

    private void write(Object record, byte[] utf8, int offset, int length, long position) {
        for (int tries = 0; attempt(record, utf8, offset, length) == OfferResult.FULL; tries++) {
            awaitRoom(tries);
            requireOpen();
        }
        positions.advance(producer.publishedRows(), position);
    }

    private OfferResult attempt(Object record, byte[] utf8, int offset, int length) {
        try {
            return utf8 == null ? writer.write(record) : writer.writeUtf8(utf8, offset, length);
        } catch (IllegalArgumentException notAsBytes) {
            throw refused((isLogged ? "the write-ahead log" : "its storage level") + " keeps nothing as objects: "
                    + notAsBytes.getMessage() + ObjectHolding.wayOut(isLogged));
        }
    }

    /** Let the next thread store; then tell, under no lock, what there is to warn of. */
    private void leave() {
        lock.unlock();
        if (!lock.isHeldByCurrentThread()) {
            producer.tellWarnings();
        }
    }

    // ---- waiting ----

    private void awaitRoom(int tries) {
        if (isDriving()) {
            if (!makeRoom.getAsBoolean()) {
                throw refused(
                        "no memory is left for it, and the storing thread is the one that would have to free some;"
                                + " store less between two rounds of doWork, or raise millrace.memory.maxBytes or"
                                + " millrace.receiver.maxHeldRecords");
            }
            return;
        }
        if (phase != Phase.OPEN) {
            throw refused("the receiver was told to stop while the record waited for room");
        }
        requireNoInterrupt("room");
        pause(1_000L << Math.min(tries, MAX_DOUBLINGS));
    }

    /** Not under the lock, so that others can store meanwhile. */
    private void awaitDurable(long publishedRows) {
        if (!isLogged || isDriving() || lock.isHeldByCurrentThread()) {
            return;
        }
        producer.durable().announce(publishedRows);
        consumerBell.ring();
        try {
            if (!producer.durable().await(publishedRows)) {
                throw notKnownDurable("the receiver was stopped");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notKnownDurable("its thread was interrupted");
        }
    }

    private MillraceException notKnownDurable(String why) {
        return new MillraceException("records stored by " + source() + " are not known to be in the write-ahead log: "
                + why + " while it waited for that; some may be in a batch all the same, so have them sent again");
    }

    private void pause(long nanos) {
        if (isSpinning) {
            Thread.onSpinWait();
        } else {
            // Never long: neither a stepped clock nor a cut rings for us.
            LockSupport.parkNanos(this, Math.min(nanos, MAX_WAIT_NANOS));
        }
    }

    private boolean isDriving() {
        return driver == Thread.currentThread();
    }

    private void requireNoInterrupt(String what) {
        if (Thread.currentThread().isInterrupted()) {
            throw refused("its thread was interrupted while it waited for " + what);
        }
    }

    private void requireOpen() {
        Phase now = phase;
        if (now == Phase.NOT_STARTED) {
            throw refused("the receiver has not been started; store from onStart() on");
        }
        if (now == Phase.CLOSED) {
            throw refused("the receiver has been stopped; end its threads in onStop(), or when isStopped()");
        }
    }

    private MillraceException refused(String why) {
        return new MillraceException("a record stored by " + source() + " was not taken: " + why);
    }

    private String source() {
        return name + " (stream " + producer.streamId() + ")";
    }
}
