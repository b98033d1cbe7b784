package io.millrace.engine.local;

import io.millrace.engine.checkpoint.CheckpointedSource;
import io.millrace.engine.schedule.BatchInput;
import io.millrace.engine.schedule.PulledInput;
import io.millrace.engine.schedule.ReceivedInput;
import io.millrace.ingest.IngestConfig;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.SourceCounters;
import io.millrace.ingest.source.PulledSource;
import io.millrace.ingest.source.PushedSource;
import io.millrace.ingest.source.SourceDrivers;
import io.millrace.plan.PlanNode;
import io.millrace.plan.source.FilesSpec;
import io.millrace.plan.source.PushSpec;
import io.millrace.plan.source.QueueSpec;
import io.millrace.plan.source.RawSocketSpec;
import io.millrace.plan.source.ReceiverSpec;
import io.millrace.plan.source.SocketConverterSpec;
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
    private final Map<Integer, PulledSource> pulled = new HashMap<>();
    private final IngestConfig config;
    private final IngestPorts ports;
    private final LocalFiles files;
    private final long batchMs;
    private final Consumer<Throwable> errors;

    LocalInputs(
            List<PlanNode.Source> sources,
            IngestConfig config,
            IngestPorts ports,
            LocalFiles files,
            long batchMs,
            Consumer<Throwable> errors) {
        this.config = config;
        this.ports = ports;
        this.files = files;
        this.batchMs = batchMs;
        this.errors = errors;
        try {
            sources.forEach(this::open);
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    private void open(PlanNode.Source source) {
        if (source.spec() instanceof QueueSpec queue) {
            inputs.add(new QueueInput(queue, errors));
        } else if (source.spec() instanceof FilesSpec spec) {
            PulledSource opened = files.open(spec, source.streamId(), batchMs, ports.clock(), ports.events());
            pulled.put(source.streamId(), opened);
            inputs.add(new PulledInput(opened));
        } else {
            PushedSource opened = SourceDrivers.open(source.spec(), source.streamId(), config, ports);
            pushed.put(source.streamId(), opened);
            inputs.add(new ReceivedInput(opened));
        }
    }

    static boolean isKnown(SourceSpec spec) {
        return spec instanceof QueueSpec
                || spec instanceof FilesSpec
                || spec instanceof SocketTextSpec
                || spec instanceof RawSocketSpec
                || spec instanceof SocketConverterSpec
                || spec instanceof ReceiverSpec
                || spec instanceof PushSpec;
    }

    /** Whether records come by themselves, and are not looked for at each batch. */
    static boolean isReceived(SourceSpec spec) {
        return isKnown(spec) && !(spec instanceof QueueSpec || spec instanceof FilesSpec);
    }

    List<BatchInput> all() {
        return inputs;
    }

    /** The batch of a time was run, and nothing will ask for its records again. */
    void committed(long batchTimeMs) {
        inputs.forEach(input -> input.committed(batchTimeMs));
    }

    /**
     * The sources as a checkpoint knows them, by stream id.
     *
     * @param sources of the plan
     */
    List<CheckpointedSource> checkpointed(List<PlanNode.Source> sources) {
        List<CheckpointedSource> all = new ArrayList<>();
        for (PlanNode.Source source : sources) {
            BatchInput input = inputs.get(source.streamId());
            all.add(new CheckpointedSource(source.id().text(), input, ledger(source, input)));
        }
        return all;
    }

    private BatchInput ledger(PlanNode.Source source, BatchInput input) {
        PulledSource lookedAt = pulled.get(source.streamId());
        if (lookedAt != null) {
            return new PulledInput(lookedAt.ledger());
        }
        return input instanceof ReceivedInput ? new BlockLedger(input.name()) : new UnstartedInput(input.name());
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
        if (pulled.containsKey(streamId)) {
            return pulled.get(streamId).counts();
        }
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
        counts.put("duplicateRecords", counters.duplicateRecords());
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
