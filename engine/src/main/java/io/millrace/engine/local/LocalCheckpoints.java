package io.millrace.engine.local;

import io.millrace.api.CheckpointComparison;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceException;
import io.millrace.checkpoint.file.CheckpointException;
import io.millrace.checkpoint.file.DirectoryPorts;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.conf.Durability;
import io.millrace.conf.Settings;
import io.millrace.engine.batch.StatefulOperators;
import io.millrace.engine.checkpoint.CheckpointConfig;
import io.millrace.engine.checkpoint.CheckpointDiff;
import io.millrace.engine.checkpoint.CheckpointPorts;
import io.millrace.engine.checkpoint.CheckpointedSource;
import io.millrace.engine.checkpoint.RunCheckpoint;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.ingest.block.ReceivedBlocks;
import io.millrace.offheap.block.SlabPool;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.codec.RecordClasses;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.plan.PlanNode;
import io.millrace.spi.RunSpec;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Opens checkpoints as the configuration says. */
final class LocalCheckpoints {
    private static final System.Logger LOG = System.getLogger(LocalCheckpoints.class.getName());

    private static final Set<String> DAMAGED = Set.of(
            CheckpointException.RECEIVED_LOG_CORRUPT,
            CheckpointException.BATCH_LOG_CORRUPT,
            CheckpointException.NO_VALID_MANIFEST,
            CheckpointException.STATE_FILE_CORRUPT,
            CheckpointException.FILE_MISSING,
            CheckpointException.FOREIGN_FILE);

    private final MillraceConf conf;
    private final EnginePorts ports;

    LocalCheckpoints(MillraceConf conf, EnginePorts ports) {
        this.conf = conf;
        this.ports = ports;
    }

    RunCheckpoint open(
            RunSpec spec,
            StatefulOperators stateful,
            List<CheckpointedSource> sources,
            ObjectEncoding objects,
            SlabPool slabs,
            MemoryLedger ledger,
            CheckpointPorts given) {
        CheckpointConfig config = new CheckpointConfig(
                spec.batch().milliseconds(),
                conf.get(Settings.CHECKPOINT_COMMIT_INTERVAL),
                conf.get(Settings.CHECKPOINT_MAX_UNCOMMITTED_BATCHES),
                conf.get(Settings.CHECKPOINT_SNAPSHOT_BYTES),
                conf.get(Settings.CHECKPOINT_RECEIVED_SEGMENT_BYTES),
                conf.get(Settings.CHECKPOINT_RESERVE_BYTES),
                conf.get(Settings.CHECKPOINT_DURABILITY) == Durability.FSYNC,
                conf.getOption(Settings.FAILURE_POLICY.key()).isEmpty(),
                spec.checkpoint().changes(),
                conf.get(Settings.CHECKPOINT_MISSED_BATCHES));
        try {
            return open(spec, config, stateful, sources, objects, slabs, ledger, given);
        } catch (MillraceException unreadable) {
            if (!spec.checkpoint().mayStartAfresh() || !isDamaged(unreadable)) {
                throw unreadable;
            }
            setAside(spec.checkpoint().directory(), unreadable);
            return open(spec, config, stateful, sources, objects, slabs, ledger, given);
        }
    }

    /** What would become of a checkpoint; nothing is changed. */
    CheckpointComparison compare(
            RunSpec spec, PhysicalPlan physical, StatefulOperators stateful, RecordClasses classes) {
        boolean isLogged = conf.get(Settings.RECEIVER_WRITE_AHEAD_LOG);
        String directory = spec.checkpoint().directory();
        CheckpointDiff.Program program = new CheckpointDiff.Program(
                spec.batch().milliseconds(),
                stateful.operators(),
                physical.sources().stream().map(source -> source.id().text()).toList(),
                physical.sources().stream()
                        .filter(source -> isLogged && LocalInputs.isReceived(source.spec()))
                        .map(PlanNode.Source::streamId)
                        .collect(Collectors.toSet()),
                classes,
                spec.checkpoint().changes());
        try {
            return CheckpointDiff.compare(program, ports.checkpoints().look(directory));
        } catch (IOException failed) {
            throw new MillraceException(
                    "the checkpoint directory '" + directory + "' cannot be looked at: " + failed, failed);
        }
    }

    private static boolean isDamaged(MillraceException unreadable) {
        return unreadable.getCause() instanceof CheckpointException cause && DAMAGED.contains(cause.code());
    }

    private void setAside(String directory, MillraceException unreadable) {
        try {
            String moved = ports.checkpoints().setAside(directory);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "{0}; it is now {1}, and the run begins anew, as the program allows",
                    unreadable.getMessage(),
                    moved);
        } catch (IOException failed) {
            unreadable.addSuppressed(failed);
            throw unreadable;
        }
    }

    private RunCheckpoint open(
            RunSpec spec,
            CheckpointConfig config,
            StatefulOperators stateful,
            List<CheckpointedSource> sources,
            ObjectEncoding objects,
            SlabPool slabs,
            MemoryLedger ledger,
            CheckpointPorts given) {
        long pid = ProcessHandle.current().pid();
        return new RunCheckpoint(
                store(spec.checkpoint().directory()),
                new DirectoryPorts(
                        new SplittableRandom(ports.epochClock().nanoTime() ^ pid << 40),
                        () -> TimeUnit.NANOSECONDS.toMillis(ports.epochClock().nanoTime()),
                        pid,
                        warning -> LOG.log(System.Logger.Level.WARNING, warning)),
                config,
                spec.checkpoint().mayRecover(),
                stateful,
                sources,
                objects,
                ledger,
                conf.get(Settings.RECEIVER_WRITE_AHEAD_LOG) ? new ReceivedBlocks(objects, slabs) : null,
                given);
    }

    private FileStore store(String directory) {
        try {
            return ports.checkpoints().open(directory);
        } catch (IOException failed) {
            throw new MillraceException(
                    "the checkpoint directory '" + directory + "' cannot be opened: " + failed.getMessage()
                            + "; give another to checkpoint(directory)",
                    failed);
        }
    }
}
