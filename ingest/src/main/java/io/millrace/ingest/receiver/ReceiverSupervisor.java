package io.millrace.ingest.receiver;

import io.millrace.api.receiver.Inlet;
import io.millrace.api.receiver.Receiver;
import io.millrace.ingest.IngestConfig;
import io.millrace.ingest.IngestEvents;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.SourceCounters;
import io.millrace.ingest.SourceDriver;
import io.millrace.ingest.ring.Positions;
import io.millrace.ingest.ring.RingProducer;
import io.millrace.ingest.wait.Doorbell;
import io.millrace.plan.source.ReceiverSpec;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.NanoClock;

/**
 * Leads one receiver through its life, and is what its records are stored to.
 *
 * <pre>
 *   NEW ──▶ onStart ──▶ RUNNING ──restart, stop, onStart threw──▶ onStop ──▶ PAUSED ──delay──▶ onStart ──▶ RUNNING
 *                          └──────────requestStop──▶ onStop ──▶ ENDED ◀──requestStop──┘
 * </pre>
 *
 * <p>Only {@link #requestStop}, by the engine, ends a receiver. One that stops itself is started again after the usual delay, so
 * that a receiver that lost its source goes on when the source is back.
 *
 * <p>Thread: one agent thread calls {@code onStart}, {@code onStop} and {@code onAcknowledge} (its own, or the caller's); the rest from any. A
 * request to restart or to stop returns at once; {@link #isStopped} is true from then on until the next start. Further
 * requests until then mean the same and are dropped.
 *
 * @param <T> record type
 */
public final class ReceiverSupervisor<T> implements Inlet<T>, SourceDriver {
    /** A stepped clock does not ring the bell, so it is asked often. Nanoseconds of real time. */
    private static final long CLOCK_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private enum Phase {
        NEW,
        RUNNING,
        PAUSED,
        /** Told to stop for good; waits for the thread that is just storing a record. */
        LEAVING,
        ENDED
    }

    /** Why this start of the receiver is over, and how long to wait for the next. */
    private record Ending(String message, Throwable error, long delayMs, boolean isClean) {
        /** A receiver that ends as it meant to has said all there is to say. */
        String reason() {
            return isClean ? message : message + "; starting again in " + delayMs + " ms";
        }
    }

    private final Receiver<T> receiver;
    private final String name;
    private final int streamId;
    private final int restartDelayMs;
    private final boolean isCallerDriven;
    private final NanoClock clock;
    private final Positions positions;
    private final IngestEvents events;
    private final SourceCounters counters;
    private final StoreDoor door;
    private final Doorbell bell = new Doorbell();
    private final AtomicReference<Ending> ending = new AtomicReference<>();

    private volatile Phase phase = Phase.NEW;
    private volatile boolean stopRequested;
    private long restartNanos;
    /** Up to where records are safe. */
    private final AtomicLong safe = new AtomicLong(Positions.NONE);
    /** The agent's: what this start of the receiver was told of that. */
    private long acknowledged;

    /**
     * A supervisor of a receiver that is not started yet. The receiver is taken over at once, until {@link #shut}.
     *
     * @param name for people
     * @param producer where the records go
     * @param makeRoom tries to make room, says whether there is more now; called on the driving thread only
     * @throws IllegalStateException if the receiver belongs to another stream
     */
    public ReceiverSupervisor(
            Receiver<T> receiver,
            String name,
            RingProducer producer,
            IngestConfig config,
            IngestPorts ports,
            BooleanSupplier makeRoom) {
        this.receiver = receiver;
        this.name = name;
        this.streamId = producer.streamId();
        this.restartDelayMs = (int) Math.min(Integer.MAX_VALUE, config.restartDelayMs());
        this.isCallerDriven = ports.callerDriven();
        this.clock = ports.clock();
        this.events = ports.events();
        this.counters = producer.counters();
        this.positions = producer.positions();
        this.door = new StoreDoor(name, receiver.storageLevel(), producer, config, ports, makeRoom);
        receiver.attach(this);
    }

    // ---- life, on the agent's thread ----

    @Override
    public String roleName() {
        return "millrace-receiver-" + streamId;
    }

    @Override
    public int doWork() {
        if (isCallerDriven) {
            door.drivenByThisThread();
        }
        if (stopRequested) {
            return endForGood();
        }
        return switch (phase) {
            case NEW -> start();
            case RUNNING -> acknowledge() + endIfAsked();
            case PAUSED -> restartIfDue();
            case LEAVING, ENDED -> 0;
        };
    }

    /** {@inheritDoc} A request, or the time of a restart. */
    @Override
    public void await() {
        long nanos = switch (phase) {
            case PAUSED -> Math.min(restartNanos - clock.nanoTime(), CLOCK_WAIT_NANOS);
            case LEAVING -> CLOCK_WAIT_NANOS;
            default -> Long.MAX_VALUE;
        };
        bell.await(nanos);
    }

    private int start() {
        door.open();
        ending.set(null);
        acknowledged = Positions.NONE;
        phase = Phase.RUNNING;
        events.receiverStarted(streamId, ReceiverSpec.classNameOf(receiver) + "-" + streamId);
        try {
            receiver.onStart();
        } catch (Throwable e) {
            // No memory left, a stack too deep: all the receiver's, and none a reason to be silent for ever.
            end("onStart of " + name + " failed: " + e, e, restartDelayMs, false);
        }
        return 1;
    }

    private int endIfAsked() {
        Ending asked = ending.get();
        if (asked == null) {
            return 0;
        }
        callOnStop();
        restartNanos = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(asked.delayMs());
        phase = Phase.PAUSED;
        events.receiverStopped(streamId, asked.reason(), asked.error());
        return 1;
    }

    private int acknowledge() {
        long position = safe.get();
        if (position <= acknowledged) {
            return 0;
        }
        acknowledged = position;
        try {
            receiver.onAcknowledge(position);
        } catch (Throwable e) {
            reportError("onAcknowledge of " + name + " failed: " + e, e);
        }
        return 1;
    }

    private int restartIfDue() {
        if (clock.nanoTime() - restartNanos < 0) {
            return 0;
        }
        counters.countRestart();
        return start();
    }

    private int endForGood() {
        if (phase == Phase.ENDED) {
            return 0;
        }
        if (phase == Phase.RUNNING) {
            acknowledge();
            callOnStop();
            events.receiverStopped(streamId, name + " was stopped", null);
        }
        phase = Phase.LEAVING;
        // Only now: a receiver may store what it still holds while it is being stopped.
        if (!door.close(0)) {
            return 0;
        }
        phase = Phase.ENDED;
        return 1;
    }

    private void callOnStop() {
        try {
            receiver.onStop();
        } catch (Throwable e) {
            reportError("onStop of " + name + " failed: " + e, e);
        }
    }

    // ---- asked by the engine, from any thread ----

    /** {@inheritDoc} A store that finds no room fails from now on. */
    @Override
    public void requestStop() {
        stopRequested = true;
        door.stopWaiting();
        bell.ring();
    }

    @Override
    public void acknowledge(long position) {
        safe.accumulateAndGet(position, Math::max);
        bell.ring();
    }

    /** {@inheritDoc} {@code onStop} has returned. */
    @Override
    public boolean isEnded() {
        return phase == Phase.ENDED;
    }

    @Override
    public void stopWaiting() {
        door.stopWaiting();
    }

    @Override
    public boolean refuse(long waitMs) {
        return door.close(waitMs);
    }

    /** {@inheritDoc} The receiver may then be given to another stream, unless it is stuck in {@code onStart} or {@code onStop}. */
    @Override
    public boolean shut(boolean isLeft, long waitMs) {
        if (isLeft) {
            receiver.detach(this);
        }
        return door.close(waitMs);
    }

    // ---- asked by the receiver, from any thread ----

    @Override
    public void store(T record) {
        door.store(record);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The records lie together; a cut that falls between them may put them into two consecutive blocks. The metadata is not
     * kept.
     */
    @Override
    public void store(Iterator<? extends T> records, Object metadata) {
        door.storeAll(records);
    }

    @Override
    public void storeUtf8(byte[] bytes, int offset, int length) {
        door.storeUtf8(bytes, offset, length, Positions.NONE);
    }

    @Override
    public void store(T record, long position) {
        door.store(record, position);
    }

    @Override
    public void storeFrom(long firstPosition, Iterator<? extends T> records) {
        door.storeFrom(firstPosition, records);
    }

    @Override
    public void storeUtf8(byte[] bytes, int offset, int length, long position) {
        door.storeUtf8(bytes, offset, length, position);
    }

    @Override
    public long lastPosition() {
        return positions.last();
    }

    @Override
    public void storeLines(ByteBuffer utf8Lines) {
        door.storeLines(utf8Lines);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The whole block is checked before the first record of it is taken. As with {@link #store(Iterator, Object)}, a cut may
     * fall between its records, and the metadata is not kept.
     */
    @Override
    public void storeBlock(ByteBuffer block, Object metadata) {
        door.storeBlock(block);
    }

    @Override
    public void reportError(String message, Throwable error) {
        counters.countError();
        events.receiverError(streamId, message, error);
    }

    @Override
    public void restart(String message, Throwable error, int delayMs) {
        end(message, error, delayMs, false);
    }

    @Override
    public void stop(String message, Throwable error) {
        end(message, error, restartDelayMs, error == null);
    }

    private void end(String message, Throwable error, int delayMs, boolean isClean) {
        if (ending.compareAndSet(null, new Ending(message, error, delayMs, isClean)) && error != null) {
            counters.countError();
        }
        bell.ring();
    }

    @Override
    public boolean isStarted() {
        return phase == Phase.RUNNING;
    }

    @Override
    public boolean isStopped() {
        return stopRequested || ending.get() != null;
    }

    @Override
    public int streamId() {
        return streamId;
    }

    @Override
    public int defaultRestartDelayMs() {
        return restartDelayMs;
    }
}
