package io.millrace.checkpoint.snapshot;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.CheckpointException;
import io.millrace.checkpoint.file.CorruptFileException;
import io.millrace.checkpoint.file.Damage;
import io.millrace.checkpoint.file.FileId;
import io.millrace.checkpoint.file.FileKind;
import io.millrace.checkpoint.file.FileStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.agrona.concurrent.UnsafeBuffer;

/** The manifests of a directory, {@code meta/manifest-<generation>.mrm}, of which the newest 3 are kept. One owner. */
public final class Manifests {

    /** How many are kept: each of them can be started from, so that one that is damaged loses nothing. */
    public static final int KEPT = 3;

    static final String FOLDER = "meta";
    private static final String PREFIX = FOLDER + "/manifest-";
    private static final String SUFFIX = ".mrm";
    private static final int FIELDS = 1;

    private final CheckpointDirectory directory;

    /**
     * The manifests of a directory. What a crash left unfinished is deleted.
     *
     * @param directory owned
     * @throws IOException if the folder cannot be made or read
     */
    public Manifests(CheckpointDirectory directory) throws IOException {
        this.directory = directory;
        directory.store().makeFolder(FOLDER);
        directory.store().forceFolder("");
        directory.sweepUnfinished(FOLDER);
    }

    /** A manifest and the file it was read from. */
    record Stored(Manifest manifest, SealedFileRef ref) {}

    /**
     * Write the next generation, read it again, and only then delete those that are more than {@link #KEPT} behind.
     *
     * @param manifest what counts now; its generation is not looked at
     * @return the same with its generation
     * @throws IOException if it may not be durable or does not verify; the ones before it still count
     */
    public Manifest write(Manifest manifest) throws IOException {
        List<Long> generations = generations(directory.store());
        long generation = generations.isEmpty() ? 1 : generations.get(0) + 1;
        Manifest numbered = manifest.numbered(generation, newestChecksum());
        SealedFileRef ref = seal(numbered);
        try (SealedFile file =
                SealedFile.open(directory.store(), directory.directoryId(), FileKind.MANIFEST, ref, false)) {
            decode(file);
        }
        deleteOld();
        return numbered;
    }

    private int newestChecksum() throws IOException {
        List<Stored> retained = stored(directory.store(), directory.directoryId(), new ArrayList<>());
        return retained.isEmpty() ? 0 : retained.get(0).ref().checksum();
    }

    private SealedFileRef seal(Manifest manifest) throws IOException {
        byte[] fields = ManifestCodec.encode(manifest);
        UnsafeBuffer buffer = new UnsafeBuffer(fields);
        try (SealedFileWriter writer = SealedFileWriter.create(
                directory, FileKind.MANIFEST, name(manifest.generation()), manifest.generation(), 0)) {
            for (int at = 0; at < fields.length; at += SealedFileWriter.MAX_PAYLOAD_BYTES) {
                int length = Math.min(SealedFileWriter.MAX_PAYLOAD_BYTES, fields.length - at);
                writer.append(FIELDS, 1, buffer, at, length);
            }
            return writer.seal();
        }
    }

    private void deleteOld() throws IOException {
        List<Long> generations = generations(directory.store());
        for (long old : generations.subList(Math.min(KEPT, generations.size()), generations.size())) {
            directory.store().delete(name(old));
        }
        if (generations.size() > KEPT) {
            directory.store().forceFolder(FOLDER);
        }
    }

    /**
     * The newest manifest that verifies and whose files are there with their length. Journals are kept back to the oldest that is
     * retained, so falling back loses nothing; it is warned of.
     *
     * @return the manifest; nothing if none was ever written
     * @throws IOException a {@link CheckpointException} MR-1103 that lists each with its file, offset and reason, if there are
     *     manifests and none is whole
     */
    public Optional<Manifest> readNewest() throws IOException {
        List<CheckpointException> refused = new ArrayList<>();
        List<Stored> retained = stored(directory.store(), directory.directoryId(), refused);
        for (Stored stored : retained) {
            Optional<CheckpointException> reason = missingFile(stored.manifest());
            if (reason.isEmpty()) {
                refused.forEach(
                        e -> directory.warn("manifest " + stored.manifest().generation()
                                + " is used, since a newer one is refused: " + e.getMessage()));
                return Optional.of(stored.manifest());
            }
            refused.add(reason.get());
        }
        if (refused.isEmpty()) {
            return Optional.empty();
        }
        throw noneIsWhole(refused);
    }

    private Optional<CheckpointException> missingFile(Manifest manifest) throws IOException {
        FileStore store = directory.store();
        for (List<SealedFileRef> refs : manifest.files().values()) {
            for (SealedFileRef ref : refs) {
                long size = store.exists(ref.name()) ? store.size(ref.name()) : 0;
                if (size != ref.length()) {
                    return Optional.of(new CorruptFileException(
                            CheckpointException.FILE_MISSING,
                            new Damage(
                                    ref.name(),
                                    size,
                                    "the file has " + size + " bytes, expected " + ref.length() + " by manifest "
                                            + manifest.generation()),
                            "put back the file from a copy"));
                }
            }
        }
        return Optional.empty();
    }

    private static CheckpointException noneIsWhole(Collection<CheckpointException> refused) {
        StringBuilder reasons = new StringBuilder("no manifest is whole, so there is no state to start from:");
        refused.forEach(e -> reasons.append("\n  ").append(e.getMessage()));
        reasons.append("\nnothing was changed; put back the directory from a copy, or move it aside and start anew");
        CheckpointException none = new CheckpointException(CheckpointException.NO_VALID_MANIFEST, reasons.toString());
        refused.forEach(none::addSuppressed);
        return none;
    }

    /**
     * All manifests that verify.
     *
     * @return newest first, at most {@link #KEPT} unless a crash left one more
     * @throws IOException if they cannot be read
     */
    public List<Manifest> retained() throws IOException {
        return stored(directory.store(), directory.directoryId(), new ArrayList<>()).stream()
                .map(Stored::manifest)
                .toList();
    }

    static List<Stored> stored(FileStore store, FileId directoryId, List<CheckpointException> refused)
            throws IOException {
        List<Stored> found = new ArrayList<>();
        for (long generation : generations(store)) {
            try (SealedFile file = SealedFile.open(store, directoryId, FileKind.MANIFEST, name(generation), false)) {
                Manifest manifest = decode(file);
                if (manifest.generation() != generation) {
                    throw corrupt(file, "it is generation " + manifest.generation() + ", its name says " + generation);
                }
                found.add(new Stored(manifest, file.ref()));
            } catch (CorruptFileException e) {
                refused.add(e);
            }
        }
        return found;
    }

    private static Manifest decode(SealedFile file) throws IOException {
        ByteArrayOutputStream fields = new ByteArrayOutputStream();
        file.forEach((type, version, payload) -> {
            byte[] part = new byte[payload.capacity()];
            payload.getBytes(0, part);
            fields.writeBytes(part);
        });
        try {
            return ManifestCodec.decode(fields.toByteArray());
        } catch (IOException e) {
            throw corrupt(file, e.getMessage());
        }
    }

    private static CorruptFileException corrupt(SealedFile file, String what) {
        return new CorruptFileException(
                FileKind.MANIFEST.corruptCode(),
                new Damage(file.ref().name(), 0, what),
                "put back the file from a copy");
    }

    /** Newest first. */
    static List<Long> generations(FileStore store) throws IOException {
        List<Long> generations = new ArrayList<>();
        for (String entry : store.list(FOLDER)) {
            if ((FOLDER + "/" + entry).matches(PREFIX + "[0-7][0-9a-f]{15}\\" + SUFFIX)) {
                generations.add(Long.parseLong(entry.substring(9, 25), 16));
            }
        }
        generations.sort(Collections.reverseOrder());
        return generations;
    }

    static String name(long generation) {
        return PREFIX + String.format(Locale.ROOT, "%016x", generation) + SUFFIX;
    }

    /**
     * Look at the manifests of a directory, owned or not, without changing anything.
     *
     * @param store where they are
     * @param directoryId of the directory
     * @param refused is given one exception for each that does not verify
     * @return those that do, newest first
     * @throws IOException if they cannot be read
     */
    public static List<Manifest> look(FileStore store, FileId directoryId, List<CheckpointException> refused)
            throws IOException {
        return stored(store, directoryId, refused).stream()
                .map(Stored::manifest)
                .toList();
    }
}
