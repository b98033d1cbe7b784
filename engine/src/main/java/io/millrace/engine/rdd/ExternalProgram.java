package io.millrace.engine.rdd;

import io.millrace.api.MillraceException;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A program of the operating system through which a partition's lines go. It reads them from a file, so that nobody has to
 * write while it answers; what it says on its error output is told if it fails. Immutable.
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

    /** Run it over these lines. Returns what it answers. */
    Iterator<String> run(Iterator<Object> lines) throws IOException, InterruptedException {
        Path input = Files.createTempFile("millrace-pipe", ".in");
        Path complaints = Files.createTempFile("millrace-pipe", ".err");
        try {
            write(lines, input);
            return answer(input, complaints).iterator();
        } finally {
            Files.delete(input);
            Files.delete(complaints);
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

    private List<String> answer(Path input, Path complaints) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectInput(input.toFile()).redirectError(complaints.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
            List<String> answer = new ArrayList<>();
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                answer.add(line);
            }
            int code = process.waitFor();
            if (code != 0) {
                throw new MillraceException("pipe: " + command + " ended with exit code " + code + told(complaints));
            }
            return answer;
        } finally {
            process.destroyForcibly();
        }
    }

    private static String told(Path complaints) throws IOException {
        String text = new String(Files.readAllBytes(complaints), StandardCharsets.UTF_8)
                .lines()
                .limit(TOLD_LINES)
                .collect(Collectors.joining("\n"));
        return text.isBlank() ? " and said nothing" : ":\n" + text;
    }
}
