package io.millrace.engine.checkpoint;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.FileId;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.journal.JournalReader;
import io.millrace.checkpoint.snapshot.Manifest;
import io.millrace.checkpoint.snapshot.Manifests;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** What a checkpoint says, for people: its newest manifest, and the batch log behind it, a line each. Takes no lock and changes nothing. */
public final class CheckpointPrinter {
    private final Consumer<String> lines;

    private CheckpointPrinter(Consumer<String> lines) {
        this.lines = lines;
    }

    /**
     * Print a directory's checkpoint.
     *
     * @throws IOException if it cannot be read, as the start of a run would say it
     */
    public static void print(FileStore store, Consumer<String> lines) throws IOException {
        FileId id = CheckpointDirectory.readFormat(store);
        List<Manifest> manifests = Manifests.look(store, id, new ArrayList<>());
        CheckpointPrinter printer = new CheckpointPrinter(lines);
        manifests.stream().findFirst().ifPresent(printer::print);
        JournalReader.read(
                store,
                id,
                JournalConfig.batchLog(JournalConfig.BATCH_SEGMENT_BYTES),
                manifests.stream().findFirst().map(Snapshots::logStart).orElse(JournalPosition.BEGINNING),
                (type, version, position, payload) -> lines.accept(position + "  " + text(type, payload)));
    }

    private void print(Manifest manifest) {
        lines.accept("manifest " + manifest.generation());
        manifest.properties().forEach((name, value) -> lines.accept("  " + name + " = " + value));
        manifest.files()
                .forEach((list, files) -> files.forEach(
                        file -> lines.accept("  " + list + " " + file.name() + ", " + file.length() + " bytes")));
        manifest.sections().forEach((name, bytes) -> lines.accept("  " + name + ", " + bytes.length + " bytes"));
    }

    private static String text(int type, DirectBuffer payload) {
        return switch (type) {
            case LogFrame.PLAN -> {
                LogFrame.Planned plan = LogFrame.Planned.read(payload);
                StringBuilder text = new StringBuilder("PLAN    batch " + plan.timeMs() + " ms");
                for (LogFrame.Planned.Share share : plan.inputs()) {
                    text.append(", ").append(share.source());
                    text.append(
                            share.description() == null ? " not kept" : " " + share.description().length + " bytes");
                }
                yield text.toString();
            }
            case LogFrame.STATE -> {
                LogFrame.State state = LogFrame.State.read(payload);
                yield "STATE   batch " + state.timeMs() + " ms, " + state.operator() + ", partition "
                        + state.partition() + " of " + state.partitions() + ", " + state.entries().length + " bytes";
            }
            case LogFrame.COMMIT -> "COMMIT  batch " + new FrameReader(payload).readLong() + " ms";
            case LogFrame.CLASSES -> "CLASSES " + payload.capacity() + " bytes";
            case LogFrame.RESUME -> "RESUME";
            default -> "frame of type " + type + ", " + payload.capacity() + " bytes";
        };
    }
}
