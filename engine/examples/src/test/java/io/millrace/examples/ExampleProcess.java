package io.millrace.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** An example that runs in a JVM of its own, with this one's class path, and what it has printed so far. */
final class ExampleProcess {
    private static final long PATIENCE_MS = TimeUnit.SECONDS.toMillis(60);

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private final PrintedBatches batches = new PrintedBatches();

    private ExampleProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "reader of an example");
    }

    static ExampleProcess start(String name, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dfile.encoding=UTF-8",
                "-Dstdout.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "io.millrace.examples." + name));
        command.addAll(List.of(args));
        ExampleProcess run = new ExampleProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        run.reader.start();
        return run;
    }

    private void read() {
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            String line;
            while ((line = out.readLine()) != null) {
                synchronized (lines) {
                    lines.add(line);
                    batches.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            synchronized (lines) {
                lines.add("output ended: " + e);
            }
        }
    }

    /** What it has printed; to be asked when it has ended. */
    PrintedBatches batches() {
        return batches;
    }

    String output() {
        synchronized (lines) {
            return "output:\n" + String.join("\n", lines);
        }
    }

    /** Waits until its batches are as wanted, or it has ended, or patience has. */
    void waitFor(Predicate<PrintedBatches> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        synchronized (lines) {
            while (!wanted.test(batches) && process.isAlive() && System.nanoTime() < end) {
                lines.wait(100);
            }
        }
    }

    /** Ends it as Ctrl-C does, and waits for the end and for all output. */
    void interrupt() throws InterruptedException {
        process.destroy();
        exitStatus();
    }

    /** Its exit status, when it has ended by itself and all output is here; -1 when it had to be killed. */
    int exitStatus() throws InterruptedException {
        boolean ended = process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        reader.join(PATIENCE_MS);
        return ended ? process.exitValue() : -1;
    }
}
