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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;

/** What a checkpoint says: its newest manifest, and the batch log behind it, a line each. Takes no lock and changes nothing. */
public final class CheckpointPrinter {
    private final Consumer<Line> lines;

    /**
     * One line, for people and for programs.
     *
     * @param fields numbers and texts by their names, in order; the first is what the line is about
     */
    public record Line(String text, Map<String, Object> fields) {}

    private CheckpointPrinter(Consumer<Line> lines) {
        this.lines = lines;
    }

    /**
     * Print a directory's checkpoint.
     *
     * @throws IOException if it cannot be read, as the start of a run would say it
     */
    public static void print(FileStore store, Consumer<Line> lines) throws IOException {
        FileId id = CheckpointDirectory.readFormat(store);
        List<Manifest> manifests = Manifests.look(store, id, new ArrayList<>());
        CheckpointPrinter printer = new CheckpointPrinter(lines);
        manifests.stream().findFirst().ifPresent(printer::print);
        JournalReader.read(
                store,
                id,
                JournalConfig.batchLog(JournalConfig.BATCH_SEGMENT_BYTES),
                manifests.stream().findFirst().map(Snapshots::logStart).orElse(JournalPosition.BEGINNING),
                (type, version, position, payload) -> printer.print(type, position, payload));
    }

    private void print(Manifest manifest) {
        say("manifest " + manifest.generation(), "what", "manifest", "generation", manifest.generation());
        manifest.properties()
                .forEach((name, value) ->
                        say("  " + name + " = " + value, "what", "property", "name", name, "value", value));
        manifest.files()
                .forEach((list, files) -> files.forEach(file -> {
                    String text = "  " + list + " " + file.name() + ", " + file.length() + " bytes";
                    say(text, "what", "file", "list", list, "file", file.name(), "bytes", file.length());
                }));
        manifest.sections()
                .forEach((name, bytes) -> say(
                        "  " + name + ", " + bytes.length + " bytes",
                        "what",
                        "section",
                        "name",
                        name,
                        "bytes",
                        bytes.length));
    }

    private void print(int type, JournalPosition position, DirectBuffer payload) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("what", name(type));
        fields.put("at", position.toString());
        String text = switch (type) {
            case LogFrame.PLAN -> plan(LogFrame.Planned.read(payload), fields);
            case LogFrame.STATE -> state(LogFrame.State.read(payload), fields);
            case LogFrame.COMMIT -> {
                long timeMs = new FrameReader(payload).readLong();
                fields.put("batchMs", timeMs);
                yield "COMMIT  batch " + timeMs + " ms";
            }
            case LogFrame.RESUME -> "RESUME";
            case LogFrame.STAGED -> staged(new FrameReader(payload), fields);
            case LogFrame.PUBLISHED -> {
                long timeMs = new FrameReader(payload).readLong();
                fields.put("batchMs", timeMs);
                yield "PUBLISHED batch " + timeMs + " ms";
            }
            case LogFrame.COUNTERS -> counters(Counters.Values.read(payload), fields);
            default -> {
                fields.put("bytes", payload.capacity());
                yield name(type) + " " + payload.capacity() + " bytes";
            }
        };
        lines.accept(new Line(position + "  " + text, fields));
    }

    private static String name(int type) {
        return switch (type) {
            case LogFrame.PLAN -> "PLAN";
            case LogFrame.STATE -> "STATE";
            case LogFrame.COMMIT -> "COMMIT";
            case LogFrame.CLASSES -> "CLASSES";
            case LogFrame.RESUME -> "RESUME";
            case LogFrame.STAGED -> "STAGED";
            case LogFrame.PUBLISHED -> "PUBLISHED";
            case LogFrame.COUNTERS -> "COUNTERS";
            default -> "frame of type " + type;
        };
    }

    private static String plan(LogFrame.Planned plan, Map<String, Object> fields) {
        fields.put("batchMs", plan.timeMs());
        StringBuilder text = new StringBuilder("PLAN    batch " + plan.timeMs() + " ms");
        for (LogFrame.Planned.Share share : plan.inputs()) {
            int bytes = share.description() == null ? -1 : share.description().length;
            fields.put("source " + share.source(), bytes);
            text.append(", ").append(share.source()).append(bytes < 0 ? " not kept" : " " + bytes + " bytes");
        }
        return text.toString();
    }

    private static String staged(FrameReader from, Map<String, Object> fields) {
        long timeMs = from.readLong();
        String description = from.readText();
        fields.put("batchMs", timeMs);
        fields.put("staged", description);
        return "STAGED  batch " + timeMs + " ms, " + description;
    }

    private static String counters(Counters.Values values, Map<String, Object> fields) {
        fields.put("batchMs", values.timeMs());
        fields.putAll(values.byName());
        return "COUNTERS batch " + values.timeMs() + " ms, " + values.byName();
    }

    private static String state(LogFrame.State state, Map<String, Object> fields) {
        fields.put("batchMs", state.timeMs());
        fields.put("operator", state.operator());
        fields.put("partition", state.partition());
        fields.put("partitions", state.partitions());
        fields.put("bytes", state.entries().length);
        return "STATE   batch " + state.timeMs() + " ms, " + state.operator() + ", partition " + state.partition()
                + " of " + state.partitions() + ", " + state.entries().length + " bytes";
    }

    private void say(String text, Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        lines.accept(new Line(text, fields));
    }
}
