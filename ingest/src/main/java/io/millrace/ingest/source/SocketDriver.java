package io.millrace.ingest.source;

import io.millrace.ingest.IngestEvents;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.SourceCounters;
import io.millrace.ingest.SourceDriver;
import io.millrace.ingest.net.SocketPort;
import io.millrace.ingest.net.SocketPort.Connection;
import io.millrace.ingest.ring.Framer;
import io.millrace.ingest.ring.OfferResult;
import io.millrace.ingest.ring.RingProducer;
import io.millrace.ingest.wait.Doorbell;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/**
 * Reads from a server, straight from the socket into where the framer wants the bytes, and connects again for ever.
 *
 * <pre>
 *   CONNECTING ──stands──▶ READING ──end of stream, error──▶ ENDING ──last record is in──▶ WAITING ──delay──▶ CONNECTING
 *       └────────refused, unknown host──────────────────────────────────────────────────────▶┘
 * </pre>
 *
 * <p>When the ring or the memory is full it stops reading, and TCP slows the server. At a stop request whole records that
 * were read still go in; one without its end does not.
 *
 * <p>Whatever goes wrong, bytes that are not what they should be too, is counted and reported, and the connection is made anew.
 */
final class SocketDriver implements SourceDriver {
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

    private final String name;
    private final String host;
    private final int port;
    private final int streamId;
    private final long restartDelayMs;
    private final SocketPort sockets;
    private final NanoClock clock;
    private final IngestEvents events;
    private final SourceCounters counters;
    private final boolean isSpinning;
    private final RingProducer producer;
    private final Framer framer;
    private final Doorbell bell = new Doorbell();

    private volatile State state = State.CONNECTING;
    private volatile Connection connection;
    private volatile boolean stopRequested;
    private volatile boolean stopsWaiting;
    private boolean isFull;
    private long reconnectNanos;
    private String endMessage;
    private Throwable endError;

    /**
     * A driver that is not connected.
     *
     * @param name of the source, for people
     * @param framer writes to {@code producer}
     */
    SocketDriver(
            String name,
            String host,
            int port,
            Framer framer,
            long restartDelayMs,
            IngestPorts ports,
            RingProducer producer) {
        this.name = name;
        this.host = host;
        this.port = port;
        this.framer = framer;
        this.streamId = producer.streamId();
        this.restartDelayMs = restartDelayMs;
        this.sockets = ports.sockets();
        this.clock = ports.clock();
        this.events = ports.events();
        this.counters = producer.counters();
        this.isSpinning = ports.spinning();
        this.producer = producer;
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
            case ENDING -> endRecords();
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

    /** {@inheritDoc} When the ring is full, once there is room for the records already read. */
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
    public boolean refuse(long waitMs) {
        return true;
    }

    @Override
    public boolean shut(boolean isLeft, long waitMs) {
        // Open still if the thread ended before its time, or is stuck.
        closeConnection();
        return isLeft || isEnded();
    }

    // ---- states ----

    private int connect() throws IOException {
        if (connection == null) {
            connection = sockets.connect(InetSocketAddress.createUnresolved(host, port));
        }
        if (!connection.finishConnect()) {
            return 0;
        }
        state = State.READING;
        events.receiverStarted(streamId, name);
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

    private int endRecords() {
        try {
            if (framer.end() == OfferResult.FULL) {
                return 0;
            }
        } catch (IOException unfinished) {
            counters.countError();
            endMessage += ", " + unfinished.getMessage();
            endError = endError == null ? unfinished : endError;
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

    private int stop() throws IOException {
        boolean hasRecordsToCome = state == State.READING || state == State.ENDING;
        if (state == State.ENDED || hasRecordsToCome && !stopsWaiting && framer.resume() == OfferResult.FULL) {
            return 0;
        }
        comeToRest();
        if (hasRecordsToCome) {
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
        return host + ":" + port;
    }
}
