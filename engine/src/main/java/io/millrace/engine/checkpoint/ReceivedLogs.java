package io.millrace.engine.checkpoint;

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

/** The logs of what is received, one for each source that receives: it is found by the source's id, whatever its place is now. */
final class ReceivedLogs implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ReceivedLogs.class.getName());
    private static final String PROPERTY = "wal ";

    private final List<CheckpointedSource> sources;
    private final Map<Integer, ReceivedLog> logs = new TreeMap<>();
    /** The numbers of all logs, also of sources that the program no longer has, by the sources' ids. */
    private final Map<String, Integer> numbers = new TreeMap<>();
    /** Where logs of earlier runs begin that this one does not write to. */
    private final Map<String, JournalPosition> resting = new TreeMap<>();

    private final DiskThread segments;

    private ReceivedLogs(List<CheckpointedSource> sources, DiskThread segments) {
        this.sources = sources;
        this.segments = segments;
    }

    /**
     * Read what is left, and let the inputs write to them.
     *
     * @param manifest null if there is none
     * @param blocks writes what is received; null if that is not to be kept: then there may be nothing that was
     * @param segments makes files ahead
     */
    static ReceivedLogs open(
            CheckpointDirectory directory,
            CheckpointConfig config,
            List<CheckpointedSource> sources,
            Manifest manifest,
            LogHistory history,
            ReceivedBlocks blocks,
            NanoClock clock,
            DiskThread segments)
            throws IOException {
        ReceivedLogs logs = new ReceivedLogs(sources, segments);
        boolean isOpen = false;
        try {
            logs.number(manifest);
            for (Map.Entry<String, Integer> each : logs.numbers.entrySet()) {
                JournalConfig log = JournalConfig.receivedLog(each.getValue(), config.receivedSegmentBytes());
                long planned = lastPlanned(each.getKey(), manifest, history);
                JournalPosition start =
                        manifest == null ? JournalPosition.BEGINNING : manifest.journalStart(log.folder());
                int source = logs.placeOf(each.getKey());
                if (source >= 0 && blocks != null) {
                    ReceivedLog kept = new ReceivedLog(directory, log, start, planned, blocks, clock, segments);
                    logs.logs.put(source, kept);
                    ((ReceivedInput) sources.get(source).input()).logTo(kept);
                } else {
                    String name = source < 0
                            ? each.getKey()
                            : sources.get(source).input().name();
                    ReceivedLog.requireNothingLeft(directory, log, start, planned, name, source >= 0);
                    logs.resting.put(log.folder(), start);
                }
            }
            if (blocks == null) {
                logs.tellOfVolatile();
            }
            isOpen = true;
            return logs;
        } finally {
            if (!isOpen) {
                logs.close();
            }
        }
    }

    private void number(Manifest manifest) {
        Map<String, String> said = manifest == null ? Map.of() : manifest.properties();
        said.forEach((property, id) -> {
            if (property.startsWith(PROPERTY)) {
                numbers.put(id, Integer.parseInt(property.substring(PROPERTY.length())));
            }
        });
        int next =
                numbers.values().stream().mapToInt(number -> number + 1).max().orElse(0);
        for (CheckpointedSource source : sources) {
            if (source.input() instanceof ReceivedInput && !numbers.containsKey(source.id())) {
                numbers.put(source.id(), next++);
            }
        }
    }

    private void tellOfVolatile() {
        List<String> names = sources.stream()
                .filter(source -> source.input() instanceof ReceivedInput)
                .map(source -> source.input().name())
                .toList();
        if (!names.isEmpty()) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "what {0} receive is in memory alone until its batch is committed: a batch that is run again has none of it, unless"
                            + " the sender numbers its records; millrace.streaming.receiver.writeAheadLog.enable=true keeps it",
                    names);
        }
    }

    /** Where the program has the source that receives under an id; -1 if it has none. */
    private int placeOf(String id) {
        for (int source = 0; source < sources.size(); source++) {
            if (sources.get(source).id().equals(id) && sources.get(source).input() instanceof ReceivedInput) {
                return source;
            }
        }
        return -1;
    }

    /** Which log is whose, to be kept in the manifest's properties. */
    Map<String, String> properties() {
        Map<String, String> properties = new TreeMap<>();
        numbers.forEach((id, number) -> properties.put(PROPERTY + number, id));
        return properties;
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
        CloseHelper.quietClose(segments);
        CloseHelper.quietCloseAll(logs.values());
    }
}
