package io.millrace.jmh.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * CPU time of this whole process, the JVM's own threads included, in nanoseconds. Where Linux tells it, the scheduler's own
 * account of each thread is summed: the process clock of the JDK is sampled at 100 Hz, and a thread that wakes every 10 ms
 * wakes in step with the samples, so that it is charged for whole ticks or for none. Elsewhere the process clock it is.
 */
public final class ProcessCpu {
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private ProcessCpu() {}

    /** CPU time so far. Time of threads that have ended may be missing: for differences over runs with steady threads. */
    public static long nanos() {
        return Files.isDirectory(TASKS) ? sumOfThreads() : SYSTEM.getProcessCpuTime();
    }

    private static long sumOfThreads() {
        long sum = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(TASKS)) {
            for (Path thread : threads) {
                sum += runTime(thread.resolve("schedstat"));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return sum;
    }

    private static long runTime(Path schedstat) throws IOException {
        try {
            String text = Files.readString(schedstat);
            return Long.parseLong(text.substring(0, text.indexOf(' ')));
        } catch (NoSuchFileException ended) {
            return 0;
        }
    }
}
