package io.millrace.api;

import io.millrace.api.function.Function;
import io.millrace.plan.OperatorId;
import io.millrace.plan.PlanBuilder;
import io.millrace.plan.PlanNode;
import io.millrace.plan.source.FileContent;
import io.millrace.plan.source.FilesSpec;
import io.millrace.plan.source.PushSpec;
import io.millrace.plan.source.ReceiverSpec;
import io.millrace.plan.source.SourceSpec;
import io.millrace.spi.PushPort;
import io.millrace.spi.StreamingRun;
import io.millrace.type.RecordType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The inputs of one context: from a spec to a numbered node of the plan and the stream around it. */
final class Sources {
    private static final System.Logger LOG = System.getLogger(StreamingContext.class.getName());

    private final StreamingContext context;
    private final PlanBuilder plan;
    private final List<PushInputDStream<?>> pushed = new ArrayList<>();
    private boolean copiesRemarked;

    /** @param plan of that context, for the number of the next input */
    Sources(StreamingContext context, PlanBuilder plan) {
        this.context = context;
        this.plan = plan;
    }

    /** An input without a receiver. */
    <T> InputDStream<T> input(SourceSpec spec) {
        int streamId = plan.sourceCount();
        return new InputDStream<>(context, add(spec, streamId), streamId);
    }

    /** Files that appear, {@code newFilesOnly} counted from now. */
    <T> InputDStream<T> files(
            String directory, FileContent content, Function<Path, Boolean> filter, boolean newFilesOnly) {
        context.checkDefining("an input, transformation or output"); // before a stopped engine is asked for the time
        long now = context.millraceContext().running().timeMs();
        return input(new FilesSpec(directory, content, filter, newFilesOnly, now));
    }

    /** An input that receives. */
    <T> ReceiverInputDStream<T> received(SourceSpec spec) {
        int streamId = plan.sourceCount();
        return new ReceiverInputDStream<>(context, add(spec, streamId), streamId);
    }

    /** An input that receives at a level which the program chose. */
    <T> ReceiverInputDStream<T> receivedAt(StorageLevel level, SourceSpec spec) {
        remarkCopies(level);
        return received(spec);
    }

    /** What a receiver of the program's stores. */
    <T> ReceiverInputDStream<T> stored(ReceiverSpec spec) {
        return receivedAt(spec.receiver().storageLevel(), spec);
    }

    private void remarkCopies(StorageLevel level) {
        if (level.replication() > 1 && !copiesRemarked) {
            copiesRemarked = true;
            LOG.log(System.Logger.Level.DEBUG, level + ": blocks are kept in one copy, off the Java heap");
        }
    }

    /** An input that the process feeds once {@link #open} was called. */
    <T> PushInputDStream<T> pushed(Class<T> records) {
        Objects.requireNonNull(records, "pushStream: the class of the records");
        int streamId = plan.sourceCount();
        OperatorId id = add(new PushSpec(RecordType.of(records)), streamId);
        PushInputDStream<T> stream = new PushInputDStream<>(context, id, streamId, records);
        pushed.add(stream);
        return stream;
    }

    /** Let the push streams offer to that run. */
    void open(StreamingRun run) {
        pushed.forEach(stream -> open(stream, run));
    }

    @SuppressWarnings("unchecked") // the port of a stream's own id takes that stream's records
    private static <T> void open(PushInputDStream<T> stream, StreamingRun run) {
        stream.open((PushPort<T>) run.pushPort(stream.streamId()));
    }

    private OperatorId add(SourceSpec spec, int streamId) {
        return context.add("source", id -> new PlanNode.Source(id, streamId, spec));
    }
}
