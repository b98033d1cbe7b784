package io.millrace.engine.telemetry;

import io.millrace.api.Time;
import io.millrace.api.listener.BatchInfo;
import io.millrace.api.listener.OutputOperationInfo;
import io.millrace.api.listener.StreamInputInfo;
import io.millrace.api.listener.StreamingListenerBatchCompleted;
import io.millrace.api.listener.StreamingListenerBatchStarted;
import io.millrace.api.listener.StreamingListenerBatchSubmitted;
import io.millrace.api.listener.StreamingListenerOutputOperationCompleted;
import io.millrace.api.listener.StreamingListenerOutputOperationStarted;
import io.millrace.engine.telemetry.BatchTelemetry.OutputLabel;
import java.util.HashMap;
import java.util.Map;

/** One batch that somebody listens to: keeps its times and posts its events. Handed from the conductor to the job thread. */
final class TimedBatch implements BatchTimer {
    private final BatchTelemetry telemetry;
    private final Time time;
    private final Map<Integer, StreamInputInfo> inputs;
    private final long oldestNanos;
    private final long submittedMs;
    private final Map<Integer, OutputOperationInfo> outputs = new HashMap<>();
    private long startedMs = BatchInfo.NONE;
    private long endedMs = BatchInfo.NONE;
    private long skippedRecords;

    TimedBatch(BatchTelemetry telemetry, Time time, Map<Integer, StreamInputInfo> inputs, long oldestNanos) {
        this.telemetry = telemetry;
        this.time = time;
        this.inputs = inputs;
        this.oldestNanos = oldestNanos;
        this.submittedMs = telemetry.nowMs();
    }

    void submitted() {
        StreamingListenerBatchSubmitted event = new StreamingListenerBatchSubmitted(info());
        telemetry.bus().post(listener -> listener.onBatchSubmitted(event));
    }

    @Override
    public void started() {
        startedMs = telemetry.nowMs();
        StreamingListenerBatchStarted event = new StreamingListenerBatchStarted(info());
        telemetry.bus().post(listener -> listener.onBatchStarted(event));
    }

    @Override
    public void outputStarted(int output) {
        OutputLabel label = telemetry.output(output);
        OutputOperationInfo started = new OutputOperationInfo(
                time, output, label.name(), label.description(), telemetry.nowMs(), BatchInfo.NONE, null);
        outputs.put(output, started);
        StreamingListenerOutputOperationStarted event = new StreamingListenerOutputOperationStarted(started);
        telemetry.bus().post(listener -> listener.onOutputOperationStarted(event));
    }

    @Override
    public void outputCompleted(int output, Throwable failure) {
        OutputOperationInfo started = outputs.get(output);
        OutputOperationInfo completed = new OutputOperationInfo(
                time,
                output,
                started.name(),
                started.description(),
                started.startTime(),
                telemetry.nowMs(),
                failure == null ? null : StackTraces.of(failure));
        outputs.put(output, completed);
        StreamingListenerOutputOperationCompleted event = new StreamingListenerOutputOperationCompleted(completed);
        telemetry.bus().post(listener -> listener.onOutputOperationCompleted(event));
    }

    @Override
    public void completed(long skipped) {
        endedMs = telemetry.nowMs();
        skippedRecords = skipped;
        StreamingListenerBatchCompleted event = new StreamingListenerBatchCompleted(info());
        telemetry.bus().post(listener -> listener.onBatchCompleted(event));
    }

    private BatchInfo info() {
        return new BatchInfo(time, inputs, submittedMs, startedMs, endedMs, outputs, oldestNanos, skippedRecords);
    }
}
