package io.millrace.jmh.measure;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Map;
import java.util.TreeMap;

/** CPU time of the Java threads that live, by name; those of the collector and the compiler are not among them. */
public final class ThreadCpu {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private ThreadCpu() {}

    /** Nanoseconds so far; threads of one name together. */
    public static Map<String, Long> nanos() {
        Map<String, Long> cpu = new TreeMap<>();
        for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
            if (thread != null) {
                cpu.merge(thread.getThreadName(), THREADS.getThreadCpuTime(thread.getThreadId()), Long::sum);
            }
        }
        return cpu;
    }

    /** Bytes that living threads have allocated so far. */
    public static long allocatedBytes() {
        long sum = 0;
        for (long bytes : THREADS.getThreadAllocatedBytes(THREADS.getAllThreadIds())) {
            sum += Math.max(0, bytes);
        }
        return sum;
    }
}
