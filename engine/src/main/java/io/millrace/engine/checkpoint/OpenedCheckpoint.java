package io.millrace.engine.checkpoint;

import io.millrace.api.MillraceException;
import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.DirectoryPorts;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.journal.Journal;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.snapshot.Manifest;
import io.millrace.checkpoint.snapshot.Manifests;
import io.millrace.ingest.block.ReceivedBlocks;
import io.millrace.offheap.codec.ObjectEncoding;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.agrona.CloseHelper;

/**
 * A directory that this run possesses, with what an earlier run has left in it. Nothing has been given to operators and sources yet.
 *
 * @param manifest null if there is none
 * @param history what the log says behind the manifest
 */
record OpenedCheckpoint(
        CheckpointDirectory directory,
        Manifest manifest,
        LogHistory history,
        Journal journal,
        Snapshots snapshots,
        ReceivedLogs received)
        implements AutoCloseable {

    /**
     * Take possession of a directory, and read what is there.
     *
     * @param mayRecover whether there may be anything
     * @param blocks writes what is received; null if that is not to be kept
     * @throws MillraceException if another process has it, if it cannot be read, or if there is something that is not wanted
     */
    static OpenedCheckpoint open(
            FileStore store,
            DirectoryPorts ports,
            CheckpointConfig config,
            boolean mayRecover,
            List<CheckpointedSource> sources,
            ObjectEncoding encoding,
            ReceivedBlocks blocks,
            CheckpointPorts given) {
        CheckpointDirectory directory = null;
        Journal journal = null;
        boolean isOpen = false;
        try {
            if (!mayRecover && store.exists(CheckpointDirectory.FORMAT)) {
                throw new MillraceException(
                        "the checkpoint directory '" + store.location() + "' holds the checkpoint of an"
                                + " earlier run; make the context by StreamingContext.getOrCreate(directory, factory) to go on with"
                                + " it, or give another directory");
            }
            directory = CheckpointDirectory.open(store, config.directory(), ports);
            Manifests manifests = new Manifests(directory);
            Manifest manifest = manifests.readNewest().orElse(null);
            LogHistory history = new LogHistory(manifest == null ? 0 : Snapshots.committedMs(manifest));
            journal = Journal.open(
                    directory,
                    JournalConfig.batchLog(config.logSegmentBytes()),
                    manifest == null ? JournalPosition.BEGINNING : Snapshots.logStart(manifest),
                    history);
            Snapshots snapshots = new Snapshots(directory, manifests, encoding);
            snapshots.resume(manifest);
            ReceivedLogs received = ReceivedLogs.open(
                    directory,
                    config,
                    sources,
                    manifest,
                    history,
                    blocks,
                    given.clock(),
                    new DiskThread("millrace-segments", given.threads(), () -> {}));
            isOpen = true;
            return new OpenedCheckpoint(directory, manifest, history, journal, snapshots, received);
        } catch (IOException | RuntimeException failed) {
            throw failed instanceof MillraceException told
                    ? told
                    : new MillraceException(
                            "failed to read the checkpoint in '" + store.location() + "': " + failed.getMessage(),
                            failed);
        } finally {
            if (!isOpen) {
                CloseHelper.quietCloseAll(journal, directory);
            }
        }
    }

    /** Whether no run has left anything. */
    boolean isFresh() {
        return manifest == null && history.last() == null;
    }

    /** The grid of batches of the runs before; null if none of them came to its first batch. */
    LogFrame.Planned grid() {
        if (history.last() != null || manifest == null || history.committedMs() == 0) {
            return history.last();
        }
        Map<String, String> said = manifest.properties();
        return new LogFrame.Planned(
                Long.parseLong(said.get("zeroMs")),
                Long.parseLong(said.get("batchMs")),
                Long.parseLong(said.get("committedMs")),
                List.of());
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(received, snapshots, journal, directory);
    }
}
