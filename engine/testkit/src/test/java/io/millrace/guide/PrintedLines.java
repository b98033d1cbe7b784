package io.millrace.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What is printed on standard output while this is open. */
final class PrintedLines implements AutoCloseable {
    private static final long PATIENCE_MS = 60_000;

    private final PrintStream before = System.out;
    private final Bytes bytes = new Bytes();

    PrintedLines() {
        System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    }

    /** A buffer whose growth can be waited for. */
    private static final class Bytes extends ByteArrayOutputStream {
        @Override
        public synchronized void write(byte[] from, int offset, int length) {
            super.write(from, offset, length);
            notifyAll();
        }
    }

    /** All lines so far but the empty ones; a time of the day is as the guide writes it. */
    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.replaceAll("^Time: \\d{10,} ms$", "Time: … ms"))
                .filter(line -> !line.isBlank())
                .toList();
    }

    /** All lines so far, each with its end. */
    String text() {
        return String.join("\n", lines()) + "\n";
    }

    /** The first lines are these, in any order; batches come one after the other, so theirs is kept. */
    void assertBeginsWith(List<String> expected) {
        List<String> printed = lines();
        int compared = Math.min(expected.size(), printed.size());
        assertEquals(
                expected.stream().sorted().toList(),
                printed.subList(0, compared).stream().sorted().toList(),
                () -> "printed:\n" + String.join("\n", printed));
    }

    /** Waits until each of these lines was printed. */
    void awaitAll(List<String> expected) throws InterruptedException {
        long end = System.currentTimeMillis() + PATIENCE_MS;
        synchronized (bytes) {
            while (!lines().containsAll(expected)) {
                long left = end - System.currentTimeMillis();
                if (left <= 0) {
                    throw new AssertionError("expected " + expected + ", printed so far: " + lines());
                }
                bytes.wait(left);
            }
        }
    }

    @Override
    public void close() {
        System.setOut(before);
    }
}
