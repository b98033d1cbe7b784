package io.millrace.ingest.source;

import io.millrace.ingest.IngestEvents;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.SourceCounters;
import io.millrace.ingest.SourceDriver;
import io.millrace.ingest.net.SocketPort;
import io.millrace.ingest.net.SocketPort.Connection;
import io.millrace.ingest.ring.OfferResult;
import io.millrace.ingest.ring.RingProducer;
import io.millrace.ingest.text.LineFramer;
import io.millrace.ingest.wait.Doorbell;
import io.millrace.plan.source.SocketTextSpec;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/**
 * Reads lines from a server, straight from the socket into the slab, and connects again for ever.
 *
 * <pre>
 *   CONNECTING ──stands──▶ READING ──end of stream, error──▶ ENDING ──last line is a row──▶ WAITING ──delay──▶ CONNECTING
 *       └────────refused, unknown host──────────────────────────────────────────────────────▶┘
 * </pre>
 *
 * <p>When the ring or the memory is full it stops reading, and TCP slows the server. At a stop request complete lines that were
 * read still become records; a line without its end does not.
 *
 * <p>Whatever goes wrong is counted and reported, and the connection is made anew.
 */
final class SocketTextDriver implements SourceDriver {
    /** The longest waits, in nanoseconds of real time. A stepped clock does not ring the bell, so it is asked often. */
    private static final long DATA_WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final long CLOCK_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long ROOM_WAIT_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private enum State {
        CONNECTING,
        READING,
        ENDING,
        WAITING,
        ENDED
    }

    private final SocketTextSpec spec;
    private final int streamId;
    private final long restartDelayMs;
    private final SocketPort sockets;
    private final NanoClock clock;
    private final IngestEvents events;
    private final SourceCounters counters;
    private final boolean isSpinning;
    private final RingProducer producer;
    private final LineFramer framer;
    private final Doorbell bell = new Doorbell();

    private volatile State state = State.CONNECTING;
    private volatile Connection connection;
    private volatile boolean stopRequested;
    private volatile boolean stopsWaiting;
    private boolean isFull;
    private long reconnectNanos;
    private String endMessage;
    private Throwable endError;

    SocketTextDriver(SocketTextSpec spec, long restartDelayMs, IngestPorts ports, RingProducer producer) {
        this.spec = spec;
        this.streamId = producer.streamId();
        this.restartDelayMs = restartDelayMs;
        this.sockets = ports.sockets();
        this.clock = ports.clock();
        this.events = ports.events();
        this.counters = producer.counters();
        this.isSpinning = ports.spinning();
        this.producer = producer;
        this.framer = new LineFramer(producer);
    }

    @Override
    public String roleName() {
        return "millrace-socket-" + streamId;
    }

    @Override
    public int doWork() {
        try {
            int work = stopRequested ? stop() : proceed();
            producer.tellWarnings();
            return work;
        } catch (Throwable e) {
            // No memory left too: a source that is dead in silence is worse than one that tries again.
            return fail(e);
        }
    }

    private int proceed() throws IOException {
        return switch (state) {
            case CONNECTING -> connect();
            case READING -> read();
            case ENDING -> endLines();
            case WAITING -> waitForReconnect();
            case ENDED -> 0;
        };
    }

    /** {@inheritDoc} For bytes, for room in the ring, or for the clock: at most a second. */
    @Override
    public void await() {
        try {
            if (stopRequested || isFull || state == State.ENDING) {
                pause(ROOM_WAIT_NANOS);
            } else if (state == State.WAITING) {
                bell.await(Math.min(reconnectNanos - clock.nanoTime(), CLOCK_WAIT_NANOS));
            } else if (isSpinning) {
                Thread.onSpinWait();
            } else if (connection != null) {
                connection.await(DATA_WAIT_NANOS);
            }
        } catch (Throwable e) {
            fail(e);
        }
    }

    private void pause(long nanos) {
        if (isSpinning) {
            Thread.onSpinWait();
        } else {
            bell.await(nanos);
        }
    }

    /** {@inheritDoc} When the ring is full, once there is room for the lines already read. */
    @Override
    public void requestStop() {
        stopRequested = true;
        bell.ring();
        Connection waiting = connection;
        if (waiting != null) {
            waiting.wakeUp();
        }
    }

    @Override
    public void stopWaiting() {
        stopsWaiting = true;
        bell.ring();
    }

    @Override
    public boolean isEnded() {
        return state == State.ENDED;
    }

    @Override
    public boolean shut(long waitMs) {
        // Open still if the thread ended before its time.
        closeConnection();
        return true;
    }

    // ---- states ----

    private int connect() throws IOException {
        if (connection == null) {
            connection = sockets.connect(InetSocketAddress.createUnresolved(spec.host(), spec.port()));
        }
        if (!connection.finishConnect()) {
            return 0;
        }
        state = State.READING;
        events.receiverStarted(streamId, spec.name());
        return 1;
    }

    private int read() throws IOException {
        ByteBuffer window = framer.resume() == OfferResult.FULL ? null : framer.window();
        isFull = window == null;
        if (isFull) {
            return 0;
        }
        int bytes = connection.read(window);
        if (bytes > 0) {
            isFull = framer.accept(bytes) == OfferResult.FULL;
        } else if (bytes < 0) {
            endStream("no more data from " + address(), null);
            return 1;
        }
        return bytes;
    }

    private int endLines() {
        if (framer.end() == OfferResult.FULL) {
            return 0;
        }
        waitBeforeReconnect();
        events.receiverStopped(streamId, endMessage + "; connecting again in " + restartDelayMs + " ms", endError);
        return 1;
    }

    private int waitForReconnect() {
        if (clock.nanoTime() - reconnectNanos < 0) {
            return 0;
        }
        counters.countRestart();
        state = State.CONNECTING;
        return 1;
    }

    private int stop() {
        boolean hasLinesToCome = state == State.READING || state == State.ENDING;
        if (state == State.ENDED || hasLinesToCome && !stopsWaiting && framer.resume() == OfferResult.FULL) {
            return 0;
        }
        comeToRest();
        if (hasLinesToCome) {
            events.receiverStopped(streamId, "stopped reading from " + address(), null);
        }
        return 1;
    }

    // ---- ends ----

    private int fail(Throwable e) {
        counters.countError();
        if (stopRequested) {
            comeToRest();
            events.receiverError(streamId, "stopped reading from " + address() + ", but: " + reason(e), e);
            return 1;
        }
        if (state == State.READING) {
            endStream("reading from " + address() + " failed: " + reason(e), e);
            return 1;
        }
        String failed = state == State.CONNECTING ? "cannot connect to " : "cannot go on with ";
        closeConnection();
        framer.abandon();
        waitBeforeReconnect();
        String message = failed + address() + ": " + reason(e) + "; trying again in " + restartDelayMs + " ms";
        events.receiverError(streamId, message, e);
        return 1;
    }

    private static String reason(Throwable e) {
        return e instanceof IOException && e.getMessage() != null ? e.getMessage() : e.toString();
    }

    private void comeToRest() {
        state = State.ENDED;
        closeConnection();
        framer.abandon();
        producer.close();
    }

    private void endStream(String message, Throwable error) {
        closeConnection();
        endMessage = message;
        endError = error;
        state = State.ENDING;
    }

    private void waitBeforeReconnect() {
        reconnectNanos = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(restartDelayMs);
        state = State.WAITING;
    }

    private void closeConnection() {
        Connection closing = connection;
        connection = null;
        if (closing != null) {
            closing.close();
        }
    }

    private String address() {
        return spec.host() + ":" + spec.port();
    }
}
