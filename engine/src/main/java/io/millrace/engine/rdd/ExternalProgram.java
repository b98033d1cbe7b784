package io.millrace.engine.rdd;

import io.millrace.api.MillraceException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.agrona.CloseHelper;

/**
 * A program of the operating system through which a partition's lines go. It reads them from a file and answers into one, so
 * that nobody has to write or read while it runs, and a thread that waits for it can be interrupted; what it says on its error
 * output is told if it fails. Immutable.
 */
final class ExternalProgram {
    private static final int TOLD_LINES = 10;

    private final List<String> command;
    private final Map<String, String> environment;

    /** @param environment added to the one of this process */
    ExternalProgram(List<String> command, Map<String, String> environment) {
        this.command = List.copyOf(command);
        this.environment = Map.copyOf(environment);
        if (command.isEmpty() || command.get(0).isBlank()) {
            throw new IllegalArgumentException("pipe through no program; give its name and arguments");
        }
    }

    /**
     * Run it over these lines.
     *
     * @return the lines it answers
     * @throws MillraceException if it ends with another exit code than 0
     * @throws InterruptedException if the thread was interrupted; the program is ended
     */
    Iterator<String> run(Iterator<Object> lines) throws IOException, InterruptedException {
        try (Handover handover = new Handover(Files.createTempDirectory("millrace-pipe"))) {
            write(lines, handover.input());
            call(handover);
            return text(handover.answer()).lines().iterator();
        }
    }

    /** What goes between this process and the program, in a folder that is deleted with all of it. */
    private record Handover(Path folder) implements AutoCloseable {
        Path input() {
            return folder.resolve("input");
        }

        Path answer() {
            return folder.resolve("answer");
        }

        Path complaints() {
            return folder.resolve("complaints");
        }

        @Override
        public void close() {
            CloseHelper.closeAll(
                    () -> Files.deleteIfExists(input()),
                    () -> Files.deleteIfExists(answer()),
                    () -> Files.deleteIfExists(complaints()),
                    () -> Files.deleteIfExists(folder));
        }
    }

    private static void write(Iterator<Object> lines, Path input) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(input)) {
            while (lines.hasNext()) {
                out.write(String.valueOf(lines.next()));
                out.write('\n');
            }
        }
    }

    /** Returns when the program has ended; it is made to end if the thread is interrupted. */
    private void call(Handover handover) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectInput(handover.input().toFile())
                .redirectOutput(handover.answer().toFile())
                .redirectError(handover.complaints().toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            int code = process.waitFor();
            if (code != 0) {
                throw new MillraceException(
                        "pipe: " + command + " ended with exit code " + code + told(text(handover.complaints())));
            }
        } finally {
            process.destroyForcibly();
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static String told(String complaints) {
        String text = complaints.lines().limit(TOLD_LINES).collect(Collectors.joining("\n"));
        return text.isBlank() ? " and said nothing" : ":\n" + text;
    }
}
