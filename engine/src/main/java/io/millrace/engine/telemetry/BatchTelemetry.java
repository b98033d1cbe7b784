package io.millrace.engine.telemetry;

import io.millrace.api.Time;
import io.millrace.api.listener.StreamInputInfo;
import io.millrace.api.listener.StreamingListenerStreamingStarted;
import io.millrace.engine.schedule.BatchPlan;
import io.millrace.engine.schedule.InputSummary;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochNanoClock;

/** What listeners are told of a run and its batches. Costs nothing per batch while nobody listens. */
public final class BatchTelemetry {
    private final ListenerBus bus;
    private final EpochNanoClock clock;
    private final List<OutputLabel> outputs;
    private final List<Integer> streamIds;

    /**
     * How an output is called.
     *
     * @param name its operator's
     * @param description its kind
     */
    public record OutputLabel(String name, String description) {}

    /**
     * The telemetry of one run.
     *
     * @param outputs in the order of definition
     * @param streamIds of the inputs, in the order of a batch's shares
     */
    public BatchTelemetry(ListenerBus bus, EpochNanoClock clock, List<OutputLabel> outputs, List<Integer> streamIds) {
        this.bus = bus;
        this.clock = clock;
        this.outputs = List.copyOf(outputs);
        this.streamIds = List.copyOf(streamIds);
    }

    /** The run has started. */
    public void streamingStarted() {
        if (bus.hasListeners()) {
            StreamingListenerStreamingStarted event = new StreamingListenerStreamingStarted(nowMs());
            bus.post(listener -> listener.onStreamingStarted(event));
        }
    }

    /** A batch was planned; who times it. Owner: the conductor. */
    public BatchTimer submitted(BatchPlan batch) {
        if (!bus.hasListeners()) {
            return BatchTimer.UNHEARD;
        }
        TimedBatch timed = new TimedBatch(this, new Time(batch.timeMs()), inputs(batch), oldestNanos(batch));
        timed.submitted();
        return timed;
    }

    private Map<Integer, StreamInputInfo> inputs(BatchPlan batch) {
        Map<Integer, StreamInputInfo> infos = new HashMap<>();
        for (int input = 0; input < batch.inputs().size(); input++) {
            int streamId = streamIds.get(input);
            infos.put(streamId, info(streamId, batch.inputs().get(input).summary()));
        }
        return infos;
    }

    private static StreamInputInfo info(int streamId, InputSummary summary) {
        if (summary.files().isEmpty()) {
            return new StreamInputInfo(streamId, summary.records());
        }
        List<String> files = summary.files();
        return new StreamInputInfo(
                streamId,
                summary.records(),
                Map.of(StreamInputInfo.FILES, files, StreamInputInfo.DESCRIPTION, String.join("\n", files)));
    }

    private static long oldestNanos(BatchPlan batch) {
        boolean isKnown = false;
        long oldest = InputSummary.NO_TIME;
        for (var taken : batch.inputs()) {
            long nanos = taken.summary().oldestNanos();
            if (nanos != InputSummary.NO_TIME && (!isKnown || nanos - oldest < 0)) {
                oldest = nanos;
                isKnown = true;
            }
        }
        return oldest;
    }

    ListenerBus bus() {
        return bus;
    }

    OutputLabel output(int number) {
        return outputs.get(number);
    }

    long nowMs() {
        return TimeUnit.NANOSECONDS.toMillis(clock.nanoTime());
    }
}
