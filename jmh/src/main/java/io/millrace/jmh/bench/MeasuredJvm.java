package io.millrace.jmh.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM of its own for one measurement, so that none meets the compiled code or the garbage of another. */
final class MeasuredJvm {
    private static final int LIMIT_MINUTES = 30;

    private final List<String> flags;
    private final Class<?> main;

    MeasuredJvm(List<String> flags, Class<?> main) {
        this.flags = flags;
        this.main = main;
    }

    /** Runs to the end; the lines of JSON it printed. What it says on standard error goes to ours. */
    List<String> run(List<String> args) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(args);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out = process.inputReader()) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith("{")) {
                    lines.add(line);
                } else {
                    System.err.println(line);
                }
            }
            if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IllegalStateException(
                        main.getSimpleName() + " " + String.join(" ", args) + " failed" + lines);
            }
        } finally {
            process.destroyForcibly();
        }
        return lines;
    }
}
