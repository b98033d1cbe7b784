package io.millrace.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
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
    private final Thread outReader;
    private final Thread errReader;
    private final List<String> lines = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final PrintedBatches batches = new PrintedBatches();

    private ExampleProcess(Process process) {
        this.process = process;
        this.outReader = read(process.inputReader(StandardCharsets.UTF_8), lines, batches);
        this.errReader = read(process.errorReader(StandardCharsets.UTF_8), errors, new PrintedBatches());
    }

    static ExampleProcess start(String name, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--")) // module access, if the tests were given any
                .forEach(command::add);
        command.addAll(List.of("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8"));
        command.add("-Dmillrace.state.store=resident"); // without the agent that scripts/millrace passes
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), "io.millrace.examples." + name));
        command.addAll(List.of(args));
        return new ExampleProcess(new ProcessBuilder(command).start());
    }

    private Thread read(BufferedReader from, List<String> into, PrintedBatches counts) {
        Thread thread = new Thread(() -> from.lines().forEach(line -> add(line, into, counts)), "output of an example");
        thread.start();
        return thread;
    }

    private synchronized void add(String line, List<String> into, PrintedBatches counts) {
        into.add(line);
        counts.add(line);
        notifyAll();
    }

    /** What it has printed; to be asked when it has ended. */
    PrintedBatches batches() {
        return batches;
    }

    /** Both of its outputs, for the message of a test that failed. */
    synchronized String output() {
        return "output:\n" + String.join("\n", lines) + "\nerrors:\n" + String.join("\n", errors);
    }

    /** Waits until its batches are as wanted, or it has ended, or patience has. */
    synchronized void waitFor(Predicate<PrintedBatches> wanted) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS);
        while (!wanted.test(batches) && process.isAlive() && System.nanoTime() < end) {
            wait(100);
        }
    }

    /** Ends it as Ctrl-C does, and waits for the end and for all output. */
    void interrupt() throws InterruptedException {
        process.toHandle().destroy(); // unlike destroy() of the process itself it leaves the outputs open
        exitStatus();
    }

    /** Its exit status, when it has ended by itself and all output is here; -1 when it had to be killed. */
    int exitStatus() throws InterruptedException {
        boolean ended = process.waitFor(PATIENCE_MS, TimeUnit.MILLISECONDS);
        if (!ended) {
            process.destroyForcibly();
        }
        outReader.join(PATIENCE_MS);
        errReader.join(PATIENCE_MS);
        return ended ? process.exitValue() : -1;
    }
}
