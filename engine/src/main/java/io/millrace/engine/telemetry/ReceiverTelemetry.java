package io.millrace.engine.telemetry;

import io.millrace.api.listener.ReceiverInfo;
import io.millrace.api.listener.StreamingListenerReceiverError;
import io.millrace.api.listener.StreamingListenerReceiverStarted;
import io.millrace.api.listener.StreamingListenerReceiverStopped;
import io.millrace.ingest.IngestEvents;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochNanoClock;

/** What listeners are told of receivers; everything goes on to another teller, such as the log. Safe from several threads. */
public final class ReceiverTelemetry implements IngestEvents {
    private static final String HERE = "localhost";
    private static final String THIS_PROCESS = "driver";
    private static final long NO_ERROR = -1;

    private final ListenerBus bus;
    private final EpochNanoClock clock;
    private final IngestEvents next;
    private final Map<Integer, ReceiverInfo> receivers = new ConcurrentHashMap<>();

    /** @param next is told all that this is told */
    public ReceiverTelemetry(ListenerBus bus, EpochNanoClock clock, IngestEvents next) {
        this.bus = bus;
        this.clock = clock;
        this.next = next;
    }

    @Override
    public void receiverStarted(int streamId, String name) {
        next.receiverStarted(streamId, name);
        ReceiverInfo info = receivers.compute(streamId, (id, known) -> started(id, name, known));
        bus.post(listener -> listener.onReceiverStarted(new StreamingListenerReceiverStarted(info)));
    }

    @Override
    public void receiverStopped(int streamId, String message, Throwable error) {
        next.receiverStopped(streamId, message, error);
        ReceiverInfo info = receivers.compute(streamId, (id, known) -> ended(id, known, message, error, false));
        bus.post(listener -> listener.onReceiverStopped(new StreamingListenerReceiverStopped(info)));
    }

    @Override
    public void receiverError(int streamId, String message, Throwable error) {
        next.receiverError(streamId, message, error);
        ReceiverInfo info = receivers.compute(streamId, (id, known) -> ended(id, known, message, error, true));
        bus.post(listener -> listener.onReceiverError(new StreamingListenerReceiverError(info)));
    }

    @Override
    public void warning(int streamId, String message) {
        next.warning(streamId, message);
    }

    private static ReceiverInfo started(int streamId, String name, ReceiverInfo known) {
        return known == null
                ? new ReceiverInfo(streamId, name, true, HERE, THIS_PROCESS, "", "", NO_ERROR)
                : new ReceiverInfo(
                        streamId,
                        name,
                        true,
                        HERE,
                        THIS_PROCESS,
                        known.lastErrorMessage(),
                        known.lastError(),
                        known.lastErrorTime());
    }

    private ReceiverInfo ended(int streamId, ReceiverInfo known, String message, Throwable error, boolean goesOn) {
        String name = known == null ? "input " + streamId : known.name();
        return new ReceiverInfo(
                streamId,
                name,
                goesOn && known != null && known.active(),
                HERE,
                THIS_PROCESS,
                message == null ? "" : message,
                error == null ? "" : StackTraces.of(error),
                error == null ? NO_ERROR : TimeUnit.NANOSECONDS.toMillis(clock.nanoTime()));
    }
}
