package io.millrace.engine.checkpoint;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.FileKind;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.agrona.CloseHelper;

/**
 * What is written so that the log can begin again: all keyed state in one file, the rows that windows still have in others, one for each stretch
 * of the log, and a manifest that names them. Owner: the job thread.
 */
final class Snapshots implements AutoCloseable {
    private static final String FOLDER = "state";
    private static final String FULL = "full";
    private static final String ROWS = "rows";
    private static final String AGAIN = "again";
    private static final String LOG_FOLDER = "batch";
    private static final String LAST_MS = "lastMs ";

    private final CheckpointDirectory directory;
    private final Manifests manifests;
    private final Retention retention;
    private final ObjectEncoding encoding;
    private final FrameWriter frame = new FrameWriter();
    private final List<RowsFile> rowsFiles = new ArrayList<>();
    private SealedFileWriter rows;
    private int rowsClasses;
    private long rowsLastMs;
    private long generation;
    private SealedFileRef full;

    /** Rows of windows up to the batch of a time. */
    private record RowsFile(SealedFileRef ref, long lastMs) {}

    Snapshots(CheckpointDirectory directory, Manifests manifests, ObjectEncoding encoding) {
        this.directory = directory;
        this.manifests = manifests;
        this.retention = new Retention(directory, manifests, FOLDER);
        this.encoding = encoding;
    }

    static JournalPosition logStart(Manifest manifest) {
        return manifest.journalStart(LOG_FOLDER);
    }

    /** Go on with the files of a manifest; null if there is none. Those that no manifest names are set aside. */
    void resume(Manifest manifest) throws IOException {
        if (manifest != null) {
            generation = manifest.generation();
            full = manifest.files().getOrDefault(FULL, List.of()).stream()
                    .findFirst()
                    .orElse(null);
            for (SealedFileRef ref : manifest.files().getOrDefault(ROWS, List.of())) {
                rowsFiles.add(
                        new RowsFile(ref, Long.parseLong(manifest.properties().get(LAST_MS + ref.name()))));
            }
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

    /** Takes changes. */
    @FunctionalInterface
    interface ChangeReader {
        void take(LogHistory.Change change) throws Exception;
    }

    private void read(SealedFileRef ref, ChangeReader reader) throws Exception {
        try (SealedFile file = SealedFile.open(directory.store(), directory.directoryId(), FileKind.STATE, ref, true)) {
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

    /** Rows of a window, as they were appended to the log: kept for longer than that. */
    void keepRows(FrameWriter state, long timeMs) throws IOException {
        if (rows == null) {
            rows = SealedFileWriter.create(directory, FileKind.STATE, name(ROWS, generation + 1), generation + 1, 0);
            rowsClasses = 0;
        }
        rowsClasses = writeClasses(rows, rowsClasses);
        rows.append(LogFrame.STATE, LogFrame.VERSION, state.buffer(), 0, state.length());
        rowsLastMs = timeMs;
    }

    /** Rows that the log of earlier runs has, which the next manifest leaves behind, and windows still have. */
    void keepAgain(List<LogHistory.Change> changes) throws IOException {
        if (changes.isEmpty()) {
            return;
        }
        long number = generation + 1;
        try (SealedFileWriter file =
                SealedFileWriter.create(directory, FileKind.STATE, name(AGAIN, number), number, 0)) {
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

    private int writeClasses(SealedFileWriter file, int from) throws IOException {
        int to = encoding.size();
        if (to > from) {
            FrameWriter classes = new FrameWriter();
            SavedClasses.write(encoding, from, to, classes);
            file.append(LogFrame.CLASSES, LogFrame.VERSION, classes.buffer(), 0, classes.length());
        }
        return to;
    }

    /**
     * Write all anew, after a batch that was committed.
     *
     * @param sources what each source has to know, by its id
     * @param received from where logs of received blocks are needed, by their folders
     * @param ahead appends to the log what must not be forgotten with its old part
     */
    void take(
            StatefulOperators stateful,
            MemoryLedger ledger,
            LogFrame.Planned grid,
            long committedMs,
            Map<String, byte[]> sources,
            Map<String, JournalPosition> received,
            Journal journal,
            Ahead ahead)
            throws Exception {
        SealedFileRef before = full;
        long next = generation + 1;
        SealedFileRef saved = saveAll(stateful, ledger, next, grid.zeroMs(), committedMs);
        sealRows();
        List<RowsFile> over = rowsFiles.stream()
                .filter(file -> file.lastMs() <= committedMs - longest(stateful))
                .toList();
        rowsFiles.removeAll(over);
        JournalPosition start = journal.durablePosition();
        ahead.append();
        journal.forceToDisk();
        Manifest.Builder manifest = Manifest.builder()
                .journal(LOG_FOLDER, start)
                .property("zeroMs", Long.toString(grid.zeroMs()))
                .property("batchMs", Long.toString(grid.batchMs()))
                .property("committedMs", Long.toString(committedMs))
                .file(FULL, saved);
        for (RowsFile file : rowsFiles) {
            manifest.file(ROWS, file.ref()).property(LAST_MS + file.ref().name(), Long.toString(file.lastMs()));
        }
        received.forEach(manifest::journal);
        sources.forEach((source, bytes) -> manifest.section("source " + source, bytes));
        generation = manifests.write(manifest.build()).generation();
        full = saved;
        List<String> unneeded = new ArrayList<>();
        over.forEach(file -> unneeded.add(file.ref().name()));
        if (before != null) {
            unneeded.add(before.name());
        }
        retention.afterManifest(unneeded, Map.of(LOG_FOLDER, journal));
    }

    /** The first segment of a journal that a manifest needs, of those that are still there to fall back to. */
    long firstNeeded(String folder) throws IOException {
        return manifests.retained().stream()
                .mapToLong(manifest -> manifest.journalStart(folder).sequence())
                .min()
                .orElse(0);
    }

    /** Appends to the log. */
    @FunctionalInterface
    interface Ahead {
        void append() throws Exception;
    }

    static byte[] source(Manifest manifest, String source) {
        return manifest.sections().get("source " + source);
    }

    private static long longest(StatefulOperators stateful) {
        return stateful.operators().stream()
                .mapToLong(StatefulOperator::logLengthMs)
                .max()
                .orElse(0);
    }

    private SealedFileRef saveAll(
            StatefulOperators stateful, MemoryLedger ledger, long number, long zeroMs, long committedMs)
            throws Exception {
        try (SealedFileWriter file =
                SealedFileWriter.create(directory, FileKind.STATE, name(FULL, number), number, 0)) {
            int[] classes = new int[1];
            for (StatefulOperator operator : stateful.operators()) {
                int partitions = operator.stores().size();
                operator.save(ledger, (partition, buffer, offset, length) -> {
                    classes[0] = writeClasses(file, classes[0]);
                    LogFrame.State.begin(
                                    frame,
                                    operator.id().text(),
                                    LogFrame.BY_KEY,
                                    committedMs,
                                    committedMs - zeroMs,
                                    partition,
                                    partitions)
                            .putBytes(buffer, offset, length);
                    file.append(LogFrame.STATE, LogFrame.VERSION, frame.buffer(), 0, frame.length());
                });
            }
            return file.seal();
        }
    }

    private void sealRows() throws IOException {
        if (rows != null) {
            rowsFiles.add(new RowsFile(rows.seal(), rowsLastMs));
            rows.close();
            rows = null;
        }
    }

    @Override
    public void close() {
        CloseHelper.close(rows);
    }
}
