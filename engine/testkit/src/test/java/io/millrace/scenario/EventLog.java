package io.millrace.scenario;

import io.millrace.api.listener.BatchInfo;
import io.millrace.api.listener.StreamingListener;
import io.millrace.api.listener.StreamingListenerBatchCompleted;
import io.millrace.api.listener.StreamingListenerBatchStarted;
import io.millrace.api.listener.StreamingListenerBatchSubmitted;
import io.millrace.api.listener.StreamingListenerOutputOperationCompleted;
import io.millrace.api.listener.StreamingListenerOutputOperationStarted;
import io.millrace.api.listener.StreamingListenerStreamingStarted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Writes down what it is told, a line per event. */
final class EventLog implements StreamingListener {
    final List<String> events = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void onStreamingStarted(StreamingListenerStreamingStarted event) {
        events.add("streaming started");
    }

    @Override
    public void onBatchSubmitted(StreamingListenerBatchSubmitted event) {
        add("submitted", event.batchInfo());
    }

    @Override
    public void onBatchStarted(StreamingListenerBatchStarted event) {
        add("started", event.batchInfo());
    }

    @Override
    public void onBatchCompleted(StreamingListenerBatchCompleted event) {
        add("completed", event.batchInfo());
    }

    private void add(String what, BatchInfo batch) {
        events.add(what + " " + batch.batchTime().milliseconds());
    }

    @Override
    public void onOutputOperationStarted(StreamingListenerOutputOperationStarted event) {
        events.add("output " + event.outputOperationInfo().id() + " started");
    }

    @Override
    public void onOutputOperationCompleted(StreamingListenerOutputOperationCompleted event) {
        events.add("output " + event.outputOperationInfo().id() + " completed");
    }
}
