package io.millrace.jmh.measure;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * One instant of a run.
 *
 * @param nanos on the JVM's nano clock
 * @param records how many were worked off so far
 * @param cpuNanos CPU time of the whole process, its collector and compiler threads included
 * @param allocatedBytes by all threads that live
 * @param gcMs pauses and concurrent phases of all collectors
 * @param machineTicks CPU time of all processes, in hundredths of a second; 0 where the machine does not say
 * @param threadNanos CPU time of each Java thread, by name
 */
public record Mark(
        long nanos,
        long records,
        long cpuNanos,
        long allocatedBytes,
        long gcMs,
        long machineTicks,
        Map<String, Long> threadNanos) {
    /** Machine ticks of one second. */
    static final double TICKS_PER_SECOND = 100;

    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final Path MACHINE = Path.of("/proc/stat");
    /** Fields of the machine's first line that are work: user, nice, system, irq, softirq. */
    private static final int[] BUSY_FIELDS = {1, 2, 3, 6, 7};

    /** Now. */
    public static Mark at(long records) {
        return new Mark(
                System.nanoTime(),
                records,
                SYSTEM.getProcessCpuTime(),
                ThreadCpu.allocatedBytes(),
                sumGcMs(),
                readTicks(),
                ThreadCpu.nanos());
    }

    private static long sumGcMs() {
        long sum = 0;
        for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
            sum += collector.getCollectionTime();
        }
        return sum;
    }

    private static long readTicks() {
        try {
            String[] fields = Files.readAllLines(MACHINE).get(0).trim().split("\\s+");
            long busy = 0;
            for (int field : BUSY_FIELDS) {
                busy += Long.parseLong(fields[field]);
            }
            return busy;
        } catch (IOException | RuntimeException unknown) {
            return 0;
        }
    }
}
