package io.millrace.jmh.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a figure depends on, without what names the machine: commit, JDK, cores, memory, processor.
 *
 * @param commit short, with {@code -changed} behind it when files differed from it
 */
record Environment(String date, String commit, String jdk, int cores, long memoryGib, String processor) {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final double GIB = 1 << 30;

    static Environment now() {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Environment(
                LocalDate.now().toString(),
                System.getProperty("millrace.bench.commit", "unknown"),
                System.getProperty("java.vm.name") + " " + Runtime.version(),
                system.getAvailableProcessors(),
                Math.round(system.getTotalMemorySize() / GIB),
                readProcessor());
    }

    private static String readProcessor() {
        try {
            List<String> lines = Files.readAllLines(PROCESSORS);
            return lines.stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    Map<String, Object> asMap() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("date", date);
        map.put("commit", commit);
        map.put("jdk", jdk);
        map.put("cores", cores);
        map.put("memory_gib", memoryGib);
        map.put("processor", processor);
        return map;
    }
}
