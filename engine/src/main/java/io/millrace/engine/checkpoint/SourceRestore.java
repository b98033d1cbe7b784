package io.millrace.engine.checkpoint;

import io.millrace.api.MillraceException;
import io.millrace.checkpoint.snapshot.Manifest;
import io.millrace.engine.schedule.BatchInput;
import io.millrace.engine.schedule.BatchPlan;
import java.util.ArrayList;
import java.util.List;

/** Brings sources to where they were, and asks them again for the shares of batches that were not committed. Owner: the starting thread. */
final class SourceRestore {
    private static final System.Logger LOG = System.getLogger(SourceRestore.class.getName());

    private final List<CheckpointedSource> sources;
    private final Manifest manifest;
    private final LogHistory history;
    private final List<BatchInput.Taken> taken = new ArrayList<>();

    /** @param manifest null if there is none */
    SourceRestore(List<CheckpointedSource> sources, Manifest manifest, LogHistory history) {
        this.sources = sources;
        this.manifest = manifest;
        this.history = history;
    }

    /** @return the batches that are to be run again, whose shares are the caller's */
    List<BatchPlan> restore() {
        for (CheckpointedSource source : sources) {
            byte[] saved = manifest == null ? null : Snapshots.source(manifest, source.id());
            if (saved != null) {
                restore(source, saved);
            }
            source.input().prepare();
            source.ledger().prepare();
        }
        for (LogFrame.Planned plan : history.committedPlans()) {
            plan.inputs().forEach(this::skip);
        }
        List<BatchPlan> pending = new ArrayList<>();
        boolean isRestored = false;
        try {
            for (LogFrame.Planned plan : history.pending()) {
                pending.add(again(plan));
            }
            isRestored = true;
            return pending;
        } finally {
            if (!isRestored) {
                taken.forEach(share -> share.release().run());
            }
        }
    }

    private static void restore(CheckpointedSource source, byte[] saved) {
        try {
            source.input().restore(saved);
            source.ledger().restore(saved);
        } catch (RuntimeException failed) {
            throw new MillraceException(
                    "source '" + source.id() + "' cannot go on with what the checkpoint has of it: "
                            + failed.getMessage()
                            + "; if a source of another kind was in its place, give both names of their own by named(...), and stop"
                            + " gracefully before one is taken out",
                    failed);
        }
    }

    private void skip(LogFrame.Planned.Share share) {
        for (CheckpointedSource source : sources) {
            if (source.id().equals(share.source()) && share.description() != null) {
                source.input().skip(share.description());
                source.ledger().skip(share.description());
            }
        }
    }

    private BatchPlan again(LogFrame.Planned plan) {
        List<BatchInput.Taken> shares = new ArrayList<>();
        for (CheckpointedSource source : sources) {
            BatchInput.Taken share = again(plan, source);
            taken.add(share);
            shares.add(share);
        }
        for (LogFrame.Planned.Share share : plan.inputs()) {
            if (share.description() != null
                    && sources.stream().noneMatch(source -> source.id().equals(share.source()))) {
                throw new MillraceException(
                        "the batch of " + plan.timeMs() + " ms was planned with input of '" + share.source()
                                + "' and not run to its end, and the program has no such source any more; start once with it, and"
                                + " stop gracefully before it is taken out");
            }
        }
        return new BatchPlan(plan.zeroMs(), plan.timeMs(), shares, true);
    }

    private static BatchInput.Taken again(LogFrame.Planned plan, CheckpointedSource source) {
        for (LogFrame.Planned.Share share : plan.inputs()) {
            if (share.source().equals(source.id())) {
                if (share.description() != null) {
                    BatchInput.Taken taken = source.input().replay(share.description());
                    source.ledger().skip(taken.description());
                    return taken;
                }
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the batch of {0} ms is run again without the input of {1}, which was in memory alone;"
                                + " switch the write-ahead log on to keep it",
                        Long.toString(plan.timeMs()),
                        source.id());
            }
        }
        return BatchInput.Taken.NOTHING;
    }
}
