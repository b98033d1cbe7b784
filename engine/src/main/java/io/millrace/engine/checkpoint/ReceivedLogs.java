package io.millrace.engine.checkpoint;

import io.millrace.api.MillraceException;
import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.snapshot.Manifest;
import io.millrace.engine.schedule.BlockRange;
import io.millrace.engine.schedule.ReceivedInput;
import io.millrace.ingest.block.ReceivedBlocks;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.CloseHelper;
import org.agrona.concurrent.NanoClock;

/** The logs of what is received, one for each source that receives, by the source's place among the sources. */
final class ReceivedLogs implements AutoCloseable {
    private final List<CheckpointedSource> sources;
    private final Map<Integer, ReceivedLog> logs = new TreeMap<>();
    /** Where logs of earlier runs begin that this one does not write to. */
    private final Map<String, JournalPosition> resting = new TreeMap<>();

    private ReceivedLogs(List<CheckpointedSource> sources) {
        this.sources = sources;
    }

    /**
     * Read what is left, and let the inputs write to them.
     *
     * @param manifest null if there is none
     * @param blocks writes what is received; null if that is not to be kept: then there may be nothing that was
     */
    static ReceivedLogs open(
            CheckpointDirectory directory,
            CheckpointConfig config,
            List<CheckpointedSource> sources,
            Manifest manifest,
            LogHistory history,
            ReceivedBlocks blocks,
            NanoClock clock)
            throws IOException {
        ReceivedLogs logs = new ReceivedLogs(sources);
        boolean isOpen = false;
        try {
            for (int source = 0; source < sources.size(); source++) {
                if (sources.get(source).input() instanceof ReceivedInput received) {
                    JournalConfig log = JournalConfig.receivedLog(source, config.receivedSegmentBytes());
                    logs.open(directory, log, source, received, manifest, history, blocks, clock);
                }
            }
            isOpen = true;
            return logs;
        } finally {
            if (!isOpen) {
                logs.close();
            }
        }
    }

    private void open(
            CheckpointDirectory directory,
            JournalConfig config,
            int source,
            ReceivedInput received,
            Manifest manifest,
            LogHistory history,
            ReceivedBlocks blocks,
            NanoClock clock)
            throws IOException {
        if (blocks == null && !directory.store().exists(config.folder())) {
            return;
        }
        requireSameSource(source, history.last());
        JournalPosition start = manifest == null ? JournalPosition.BEGINNING : manifest.journalStart(config.folder());
        long planned = lastPlanned(sources.get(source).id(), manifest, history);
        if (blocks == null) {
            ReceivedLog.requireNothingLeft(directory, config, start, planned, received.name());
            resting.put(config.folder(), start);
        } else {
            ReceivedLog log = new ReceivedLog(directory, config, start, planned, blocks, clock);
            logs.put(source, log);
            received.logTo(log);
        }
    }

    private void requireSameSource(int source, LogFrame.Planned before) {
        String id = sources.get(source).id();
        if (before != null
                && source < before.inputs().size()
                && !before.inputs().get(source).source().equals(id)) {
            throw new MillraceException(
                    "the checkpoint has what '" + before.inputs().get(source).source()
                            + "' received as that of source " + source + ", which is now '" + id
                            + "'; define the sources in the order in which they were, new ones behind them");
        }
    }

    private static long lastPlanned(String source, Manifest manifest, LogHistory history) {
        byte[] saved = manifest == null ? null : Snapshots.source(manifest, source);
        long last = saved == null ? 0 : BlockRange.of(saved).last();
        for (LogFrame.Planned plan : history.allPlans()) {
            for (LogFrame.Planned.Share share : plan.inputs()) {
                if (share.source().equals(source) && share.description() != null) {
                    last = Math.max(last, BlockRange.of(share.description()).last());
                }
            }
        }
        return last;
    }

    /**
     * From where each log is needed, by its folder: the first block of a batch that is not committed, or the one behind all planned ones.
     *
     * @param planned batches that are not committed
     */
    Map<String, JournalPosition> starts(Iterable<LogFrame.Planned> planned) {
        Map<String, JournalPosition> starts = new TreeMap<>(resting);
        logs.forEach((source, log) -> {
            long first = BlockRange.of(sources.get(source).ledger().save()).last() + 1;
            for (LogFrame.Planned plan : planned) {
                byte[] share = plan.inputs().size() > source
                        ? plan.inputs().get(source).description()
                        : null;
                first = share == null
                        ? first
                        : Math.min(first, BlockRange.of(share).first());
            }
            starts.put(log.folder(), log.startFor(first));
        });
        return starts;
    }

    /** Segments that none of the manifests needs may go. Any thread. */
    void mayDelete(Snapshots snapshots) throws IOException {
        for (ReceivedLog log : logs.values()) {
            log.mayDeleteBefore(snapshots.firstNeeded(log.folder()));
        }
    }

    @Override
    public void close() {
        CloseHelper.quietCloseAll(logs.values());
    }
}
