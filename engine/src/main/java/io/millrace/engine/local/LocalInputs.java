package io.millrace.engine.local;

import io.millrace.engine.rdd.QueueInput;
import io.millrace.engine.schedule.BatchInput;
import io.millrace.engine.schedule.ReceivedInput;
import io.millrace.ingest.IngestConfig;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.SourceCounters;
import io.millrace.ingest.source.PushedSource;
import io.millrace.ingest.source.SourceDrivers;
import io.millrace.plan.PlanNode;
import io.millrace.plan.source.PushSpec;
import io.millrace.plan.source.QueueSpec;
import io.millrace.plan.source.ReceiverSpec;
import io.millrace.plan.source.SocketTextSpec;
import io.millrace.plan.source.SourceSpec;
import io.millrace.spi.PushPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.agrona.CloseHelper;

/** The sources of one run, opened, by stream id. */
final class LocalInputs {
    private final List<BatchInput> inputs = new ArrayList<>();
    private final Map<Integer, PushedSource> pushed = new HashMap<>();

    LocalInputs(List<PlanNode.Source> sources, IngestConfig config, IngestPorts ports, Consumer<Throwable> errors) {
        try {
            for (PlanNode.Source source : sources) {
                open(source, config, ports, errors);
            }
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    private void open(PlanNode.Source source, IngestConfig config, IngestPorts ports, Consumer<Throwable> errors) {
        if (source.spec() instanceof QueueSpec queue) {
            inputs.add(new QueueInput(queue, errors));
        } else {
            PushedSource opened = SourceDrivers.open(source.spec(), source.streamId(), config, ports);
            pushed.put(source.streamId(), opened);
            inputs.add(new ReceivedInput(opened));
        }
    }

    static boolean isKnown(SourceSpec spec) {
        return spec instanceof QueueSpec
                || spec instanceof SocketTextSpec
                || spec instanceof ReceiverSpec
                || spec instanceof PushSpec;
    }

    List<BatchInput> all() {
        return inputs;
    }

    void start() {
        inputs.forEach(BatchInput::start);
    }

    /** Tell all to take nothing new; how many records they leave that wait for a batch. Owner: the conductor. */
    long stopAndCountWaiting() {
        long waiting = 0;
        for (BatchInput input : inputs) {
            input.requestStop();
            input.cut();
            waiting += input.waitingRecords();
        }
        return waiting;
    }

    /** The names of those that were told to stop and have not done so. */
    Stream<String> unended() {
        return inputs.stream().filter(input -> !input.isStopped()).map(BatchInput::name);
    }

    /** All are told to stop before the first is waited for. */
    void close() {
        inputs.forEach(BatchInput::requestStop);
        CloseHelper.closeAll(inputs);
    }

    Map<String, Long> counters(int streamId) {
        PushedSource source = pushed.get(streamId);
        if (source == null) {
            return Map.of();
        }
        SourceCounters counters = source.counters();
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put("records", counters.records());
        counts.put("bytes", counters.bytes());
        counts.put("ringFull", counters.ringFull());
        counts.put("oversizedRecords", counters.oversizedRecords());
        counts.put("repairedRecords", counters.repairedRecords());
        counts.put("restarts", counters.restarts());
        counts.put("errors", counters.errors());
        return counts;
    }

    PushPort<?> pushPort(int streamId) {
        PushedSource source = pushed.get(streamId);
        if (source == null || source.pushPort().isEmpty()) {
            throw new IllegalArgumentException("input " + streamId + " is no push stream");
        }
        return source.pushPort().get();
    }
}
