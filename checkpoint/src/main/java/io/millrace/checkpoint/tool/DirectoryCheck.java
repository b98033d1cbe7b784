package io.millrace.checkpoint.tool;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.CheckpointException;
import io.millrace.checkpoint.file.CorruptFileException;
import io.millrace.checkpoint.file.FileHeader;
import io.millrace.checkpoint.file.FileId;
import io.millrace.checkpoint.file.FileKind;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.file.FrameCursor;
import io.millrace.checkpoint.file.FrameDescriptor;
import io.millrace.checkpoint.file.StoreFile;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalContents;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.journal.JournalReader;
import io.millrace.checkpoint.snapshot.Manifest;
import io.millrace.checkpoint.snapshot.Manifests;
import io.millrace.checkpoint.snapshot.SealedFile;
import io.millrace.checkpoint.snapshot.SealedFileRef;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * Verifies every byte of a directory that is under a checksum, and prints its frames. It takes no lock and changes nothing, so a
 * directory in use may show findings that are only work in progress.
 */
public final class DirectoryCheck {

    private final FileStore store;
    private final List<Finding> findings = new ArrayList<>();

    private DirectoryCheck(FileStore store) {
        this.store = store;
    }

    /**
     * Verify a directory.
     *
     * @param store whose directory it is
     * @return what is wrong, in order of the files; empty if nothing is
     */
    public static List<Finding> verify(FileStore store) {
        DirectoryCheck check = new DirectoryCheck(store);
        check.find(CheckpointDirectory.FORMAT, check::all);
        return List.copyOf(check.findings);
    }

    @FunctionalInterface
    private interface Look {
        void at() throws IOException;
    }

    private void find(String file, Look look) {
        try {
            look.at();
        } catch (IOException e) {
            add(file, e);
        }
    }

    private void add(String file, IOException e) {
        if (e instanceof CorruptFileException corrupt) {
            findings.add(new Finding(corrupt.file(), corrupt.offset(), e.getMessage()));
        } else {
            findings.add(new Finding(file, -1, e.getMessage()));
        }
    }

    private void all() throws IOException {
        FileId directoryId = CheckpointDirectory.readFormat(store);
        find(CheckpointDirectory.OWNER, () -> {
            try (StoreFile file = store.openReadOnly(CheckpointDirectory.OWNER)) {
                long epoch = FileHeader.read(file, FileKind.OWNER).sequence();
                FileHeader.read(file, FileKind.OWNER, directoryId, epoch);
            }
        });
        List<Manifest> manifests = manifests(directoryId);
        journal(directoryId, manifests, JournalConfig.batchLog(JournalConfig.BATCH_SEGMENT_BYTES));
        for (String entry : store.list("wal")) {
            if (entry.matches("[0-9]{1,9}/")) {
                int source = Integer.parseInt(entry.substring(0, entry.length() - 1));
                journal(
                        directoryId,
                        manifests,
                        JournalConfig.receivedLog(source, JournalConfig.RECEIVED_SEGMENT_BYTES));
            }
        }
        unreferenced("state", directoryId, manifests);
    }

    private List<Manifest> manifests(FileId directoryId) throws IOException {
        List<CheckpointException> refused = new ArrayList<>();
        List<Manifest> manifests = Manifests.look(store, directoryId, refused);
        refused.forEach(e -> add("meta", e));
        for (Manifest manifest : manifests) {
            for (List<SealedFileRef> refs : manifest.files().values()) {
                refs.forEach(ref -> find(
                        ref.name(),
                        () -> SealedFile.open(store, directoryId, FileKind.STATE, ref, false)
                                .close()));
            }
        }
        return manifests;
    }

    private void journal(FileId directoryId, List<Manifest> manifests, JournalConfig config) {
        JournalPosition start = manifests.stream()
                .map(manifest -> manifest.journalStart(config.folder()))
                .min(JournalPosition::compareTo)
                .orElse(JournalPosition.BEGINNING);
        find(config.folder(), () -> {
            JournalContents contents =
                    JournalReader.read(store, directoryId, config, start, (type, version, position, payload) -> {});
            contents.dropped()
                    .forEach(tail -> findings.add(new Finding(
                            tail.damage().file(),
                            tail.damage().offset(),
                            "a torn tail of " + tail.bytes() + " bytes that were never acknowledged: "
                                    + tail.damage().what())));
        });
    }

    private void unreferenced(String folder, FileId directoryId, List<Manifest> manifests) throws IOException {
        for (String entry : store.list(folder)) {
            String name = folder + "/" + entry;
            if (entry.endsWith("/")) {
                unreferenced(name.substring(0, name.length() - 1), directoryId, manifests);
            } else if (manifests.stream()
                    .noneMatch(manifest -> manifest.fileNames().contains(name))) {
                find(
                        name,
                        () -> SealedFile.open(store, directoryId, FileKind.STATE, name, false)
                                .close());
            }
        }
    }

    /**
     * Print the header and the frames of a file, as far as they verify.
     *
     * @param store where it is
     * @param name of a file
     * @param lines takes a line for the header, one for each frame, and one for the damage at which it stopped
     * @throws IOException if it cannot be read, or its header is of none of our files
     */
    public static void dump(FileStore store, String name, Consumer<String> lines) throws IOException {
        try (StoreFile file = store.openReadOnly(name)) {
            FileHeader header = anyHeader(file);
            lines.accept(name + " " + header);
            if (header.kind() == FileKind.FORMAT || header.kind() == FileKind.OWNER) {
                return;
            }
            try (FrameCursor frames = new FrameCursor(file, header)) {
                long offset = FileHeader.LENGTH;
                while (frames.read(offset)) {
                    lines.accept(line(frames, offset));
                    offset += frames.frameBytes();
                }
                lines.accept("end: " + frames.damage());
            }
        }
    }

    private static FileHeader anyHeader(StoreFile file) throws IOException {
        CorruptFileException last = null;
        for (FileKind kind : FileKind.values()) {
            try {
                return FileHeader.read(file, kind);
            } catch (CorruptFileException e) {
                // Every kind but one says so; the last but FORMAT and OWNER says it best.
                last = e;
            }
        }
        throw last;
    }

    private static String line(FrameCursor frame, long offset) {
        String type = switch (frame.type()) {
            case FrameDescriptor.MARK -> "MARK";
            case FrameDescriptor.SEAL -> "SEAL";
            case FrameDescriptor.TRAILER -> "TRAILER";
            default -> Integer.toString(frame.type());
        };
        return String.format(
                Locale.ROOT,
                "offset %d: frame %d, type %s, version %d, %d bytes, durable up to %d, checksum %08x",
                offset,
                frame.number(),
                type,
                frame.version(),
                frame.payload().capacity(),
                frame.durableUpTo(),
                frame.frameChecksum());
    }
}
