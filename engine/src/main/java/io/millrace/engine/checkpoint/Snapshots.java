package io.millrace.engine.checkpoint;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.FileId;
import io.millrace.checkpoint.file.FileKind;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.journal.Journal;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.snapshot.Manifest;
import io.millrace.checkpoint.snapshot.Manifests;
import io.millrace.checkpoint.snapshot.Retention;
import io.millrace.checkpoint.snapshot.SealedFile;
import io.millrace.checkpoint.snapshot.SealedFileRef;
import io.millrace.checkpoint.snapshot.SealedFileWriter;
import io.millrace.engine.batch.StatefulOperators;
import io.millrace.engine.state.StatefulOperator;
import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.memory.MemoryLedger;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.agrona.CloseHelper;

/**
 * What is written so that the log can begin again: all keyed state in one file, the rows that windows still have in others, one for each stretch
 * of the log, and a manifest that names them.
 *
 * <p>A snapshot is written a slice at a time, between which batches run, so it has values of all of these; the log behind its beginning
 * says again what they changed, and the manifest is not written before that is committed. The end of it, which waits for the disk, is the disk
 * thread's; all else the job thread's.
 */
final class Snapshots implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Snapshots.class.getName());

    static final String LOG_FOLDER = "batch";

    private static final String FOLDER = "state";
    private static final String FULL = "full";
    private static final String ROWS = "rows";
    private static final String AGAIN = "again";
    private static final String LAST_MS = "lastMs ";
    private static final String FILES_NUMBER = "filesNumber";
    private static final String SOURCE = "source ";

    private final CheckpointDirectory directory;
    private final Manifests manifests;
    private final Retention retention;
    private final ObjectEncoding encoding;
    private final FrameWriter frame = new FrameWriter();
    private final List<RowsFile> rowsFiles = new ArrayList<>();
    private final Queue<OpenRows> ended = new ArrayDeque<>();
    private final Set<String> superseded = new HashSet<>();
    private OpenRows rows; // null if there were none since the last snapshot
    private long filesNumber;
    private long lostRowsMs;
    private volatile SealedFileRef full;

    /** Rows of windows up to the batch of a time. */
    private record RowsFile(SealedFileRef ref, long lastMs) {}

    /** Rows of windows that are being written. */
    private static final class OpenRows {
        final SealedFileWriter file;
        int classes;
        long lastMs;

        OpenRows(SealedFileWriter file) {
            this.file = file;
        }
    }

    /**
     * From where a run goes on that finds the snapshot.
     *
     * @param grid the last batch that was planned
     * @param committedMs the last batch whose COMMIT is in front of the log's start
     * @param sources what each source has to know, by its id
     * @param log where the log is needed from
     * @param received from where logs of received blocks are needed, by their folders
     * @param properties what else the manifest is to say
     */
    record Basis(
            LogFrame.Planned grid,
            long committedMs,
            Map<String, byte[]> sources,
            JournalPosition log,
            Map<String, JournalPosition> received,
            Map<String, String> properties) {}

    Snapshots(CheckpointDirectory directory, Manifests manifests, ObjectEncoding encoding) {
        this.directory = directory;
        this.manifests = manifests;
        this.retention = new Retention(directory, manifests, FOLDER);
        this.encoding = encoding;
    }

    static long committedMs(Manifest manifest) {
        return Long.parseLong(manifest.properties().get("committedMs"));
    }

    static JournalPosition logStart(Manifest manifest) {
        return manifest.journalStart(LOG_FOLDER);
    }

    /** Go on with the files of a manifest; null if there is none. Those that no manifest names are set aside. */
    void resume(Manifest manifest) throws IOException {
        if (manifest != null) {
            filesNumber = Long.parseLong(manifest.properties().get(FILES_NUMBER));
            full = manifest.files().getOrDefault(FULL, List.of()).stream()
                    .findFirst()
                    .orElse(null);
            for (SealedFileRef ref : manifest.files().getOrDefault(ROWS, List.of())) {
                rowsFiles.add(
                        new RowsFile(ref, Long.parseLong(manifest.properties().get(LAST_MS + ref.name()))));
            }
            for (Manifest older : manifests.retained()) {
                superseded.addAll(older.fileNames());
            }
            superseded.removeAll(manifest.fileNames());
        }
        retention.sweep(List.of());
    }

    /** All that the files have, in the order in which it was written; a few MB at a time. */
    void read(ChangeReader reader) throws Exception {
        if (full != null) {
            read(full, reader);
        }
        for (RowsFile file : rowsFiles) {
            read(file.ref(), reader);
        }
    }

    /** How many bytes {@link #read} reads. */
    long bytes() {
        long bytes = full == null ? 0 : full.length();
        for (RowsFile file : rowsFiles) {
            bytes += file.ref().length();
        }
        return bytes;
    }

    /** Takes changes. */
    @FunctionalInterface
    interface ChangeReader {
        void take(LogHistory.Change change) throws Exception;
    }

    private void read(SealedFileRef ref, ChangeReader reader) throws Exception {
        read(directory.store(), directory.directoryId(), ref, reader);
    }

    /** All that the files of a manifest have, as {@link #read(ChangeReader)} gives it, of a directory that another process may have. */
    static void look(FileStore store, FileId directoryId, Manifest manifest, ChangeReader reader) throws Exception {
        for (String list : List.of(FULL, ROWS)) {
            for (SealedFileRef ref : manifest.files().getOrDefault(list, List.of())) {
                read(store, directoryId, ref, reader);
            }
        }
    }

    private static void read(FileStore store, FileId directoryId, SealedFileRef ref, ChangeReader reader)
            throws Exception {
        try (SealedFile file = SealedFile.open(store, directoryId, FileKind.STATE, ref, true)) {
            List<SavedClasses> classes = new ArrayList<>(List.of(new SavedClasses()));
            List<Exception> failures = new ArrayList<>();
            file.forEach((type, version, payload) -> {
                if (type == LogFrame.CLASSES) {
                    classes.set(0, SavedClasses.read(classes.get(0), new FrameReader(payload)));
                } else if (failures.isEmpty()) {
                    try {
                        reader.take(new LogHistory.Change(LogFrame.State.read(payload), classes.get(0)));
                    } catch (Exception failed) {
                        failures.add(failed);
                    }
                }
            });
            if (!failures.isEmpty()) {
                throw failures.get(0);
            }
        }
    }

    /**
     * Rows of a window, as they were appended to the log: kept for longer than that. If they cannot be written the log alone has them, and must not
     * begin again before no window needs them.
     */
    void keepRows(FrameWriter state, long timeMs) {
        try {
            if (rows == null) {
                String name = name(ROWS, ++filesNumber);
                rows = new OpenRows(SealedFileWriter.create(directory, FileKind.STATE, name, filesNumber, 0));
            }
            rows.classes = writeClasses(encoding, rows.file, rows.classes);
            rows.file.append(LogFrame.STATE, LogFrame.VERSION, state.buffer(), 0, state.length());
            rows.lastMs = timeMs;
        } catch (IOException failed) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "rows of windows are in the log alone, which grows until no window has them: {0}",
                    failed.getMessage());
            lose(rows, timeMs);
            rows = null;
        }
    }

    private void lose(OpenRows open, long lastMs) {
        lostRowsMs = Math.max(lostRowsMs, lastMs);
        if (open != null) {
            CloseHelper.quietClose(open.file);
        }
    }

    /** Rows that the log of earlier runs has, which the next manifest leaves behind, and windows still have. */
    void keepAgain(List<LogHistory.Change> changes) throws IOException {
        if (changes.isEmpty()) {
            return;
        }
        try (SealedFileWriter file =
                SealedFileWriter.create(directory, FileKind.STATE, name(AGAIN, ++filesNumber), filesNumber, 0)) {
            SavedClasses written = null;
            for (LogHistory.Change change : changes) {
                if (change.classes() != written) {
                    written = change.classes();
                    written.write(frame);
                    file.append(LogFrame.CLASSES, LogFrame.VERSION, frame.buffer(), 0, frame.length());
                }
                change.state().write(frame);
                file.append(LogFrame.STATE, LogFrame.VERSION, frame.buffer(), 0, frame.length());
            }
            long lastMs = changes.get(changes.size() - 1).state().timeMs();
            rowsFiles.add(new RowsFile(file.seal(), lastMs));
        }
    }

    private static String name(String what, long number) {
        return String.format(Locale.ROOT, "%s/%s-%016x.mrs", FOLDER, what, number);
    }

    /** The classes whose numbers objects may have by now, but for those in front of one. */
    static int writeClasses(ObjectEncoding encoding, SealedFileWriter file, int from) throws IOException {
        int to = encoding.size();
        if (to > from) {
            FrameWriter classes = new FrameWriter();
            SavedClasses.write(encoding, from, to, classes);
            file.append(LogFrame.CLASSES, LogFrame.VERSION, classes.buffer(), 0, classes.length());
        }
        return to;
    }

    /** How many bytes the last snapshot of keyed state has; 0 if there is none. */
    long fullBytes() {
        return full == null ? 0 : full.length();
    }

    /** Whether the log may begin again behind a batch: no window needs rows that it alone has. */
    boolean mayBegin(StatefulOperators stateful, long committedMs) {
        return lostRowsMs == 0 || lostRowsMs <= committedMs - longest(stateful);
    }

    /**
     * Begin a snapshot. All that was appended to the log is durable, and no batch is changing what operators remember.
     *
     * @throws IOException if its file cannot be made
     */
    SnapshotWriter begin(StatefulOperators stateful, MemoryLedger ledger, Basis basis) throws IOException {
        long over = basis.committedMs() - longest(stateful);
        rowsFiles.removeIf(
                file -> file.lastMs() <= over && superseded.add(file.ref().name()));
        SealedFileWriter file =
                SealedFileWriter.create(directory, FileKind.STATE, name(FULL, ++filesNumber), filesNumber, 0);
        if (rows != null) {
            ended.add(rows);
            rows = null;
        }
        return new SnapshotWriter(file, filesNumber, stateful.operators(), ledger, encoding, basis);
    }

    /**
     * Let a snapshot count: its file is sealed and a manifest written. All that is in it is committed, and the log is on the disk up to there.
     * By the disk thread, or the job thread while that does nothing.
     *
     * @throws IOException if it does not count; the one before does
     */
    void complete(SnapshotWriter snapshot) throws IOException {
        sealRows();
        SealedFileRef saved = snapshot.seal();
        manifests.write(manifest(snapshot, saved));
        if (full != null) {
            superseded.add(full.name());
        }
        full = saved;
    }

    private void sealRows() throws IOException {
        while (!ended.isEmpty()) {
            OpenRows open = ended.remove();
            try (SealedFileWriter file = open.file) {
                rowsFiles.add(new RowsFile(file.seal(), open.lastMs));
            } catch (IOException failed) {
                lose(open, open.lastMs);
                throw failed;
            }
        }
    }

    private Manifest manifest(SnapshotWriter snapshot, SealedFileRef saved) {
        Basis basis = snapshot.basis();
        Manifest.Builder manifest = Manifest.builder()
                .journal(LOG_FOLDER, basis.log())
                .property("zeroMs", Long.toString(basis.grid().zeroMs()))
                .property("batchMs", Long.toString(basis.grid().batchMs()))
                .property("committedMs", Long.toString(basis.committedMs()))
                .property(FILES_NUMBER, Long.toString(snapshot.filesNumber()))
                .file(FULL, saved);
        for (RowsFile file : rowsFiles) {
            manifest.file(ROWS, file.ref()).property(LAST_MS + file.ref().name(), Long.toString(file.lastMs()));
        }
        basis.properties().forEach(manifest::property);
        basis.received().forEach(manifest::journal);
        basis.sources().forEach((source, bytes) -> manifest.section(SOURCE + source, bytes));
        return manifest.build();
    }

    /** Delete what no manifest needs any more that is still there to fall back to. As {@link #complete}. */
    void deleteOld(Journal journal) throws IOException {
        List<String> unneeded = List.copyOf(superseded);
        superseded.removeAll(unneeded);
        retention.afterManifest(unneeded, Map.of(LOG_FOLDER, journal));
    }

    /** The first segment of a journal that a manifest needs, of those that are still there to fall back to. */
    long firstNeeded(String folder) throws IOException {
        return manifests.retained().stream()
                .mapToLong(manifest -> manifest.journalStart(folder).sequence())
                .min()
                .orElse(0);
    }

    static byte[] source(Manifest manifest, String source) {
        return manifest.sections().get(SOURCE + source);
    }

    /** The ids of the sources that a manifest knows. */
    static Set<String> sources(Manifest manifest) {
        return manifest.sections().keySet().stream()
                .filter(name -> name.startsWith(SOURCE))
                .map(name -> name.substring(SOURCE.length()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long longest(StatefulOperators stateful) {
        return stateful.operators().stream()
                .mapToLong(StatefulOperator::logLengthMs)
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        ended.forEach(open -> CloseHelper.quietClose(open.file));
        if (rows != null) {
            CloseHelper.quietClose(rows.file);
        }
    }
}
