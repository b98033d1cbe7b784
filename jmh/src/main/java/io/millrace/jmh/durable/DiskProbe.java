package io.millrace.jmh.durable;

import io.millrace.jmh.measure.Json;
import io.millrace.jmh.measure.Numbers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the disk itself allows: 4 KiB written over zeros behind one another and forced, as a loop without an engine would. Arguments: a folder,
 * and for how many seconds. Prints one line of JSON.
 */
public final class DiskProbe {
    private static final int BLOCK_BYTES = 4096;
    private static final int BLOCKS = 4096;
    private static final double NANOS_PER_MICRO = 1e3;

    private DiskProbe() {}

    public static void main(String[] args) throws IOException {
        Path file = Path.of(args[0], "probe-" + ProcessHandle.current().pid());
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[BLOCKS * BLOCK_BYTES]);
        try {
            report(force(file, Double.parseDouble(args[1])), file);
        } finally {
            Files.delete(file);
        }
    }

    private static double[] force(Path file, double seconds) throws IOException {
        double[] micros = new double[1 << 20];
        int samples = 0;
        ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
            long end = System.nanoTime() + (long) (seconds * TimeUnit.SECONDS.toNanos(1));
            for (long now = System.nanoTime(); now < end && samples < micros.length; now = System.nanoTime()) {
                block.clear().putInt(0, samples);
                channel.write(block, (long) (samples % BLOCKS) * BLOCK_BYTES);
                channel.force(false);
                micros[samples++] = (System.nanoTime() - now) / NANOS_PER_MICRO;
            }
        }
        double[] sorted = Arrays.copyOf(micros, samples);
        Arrays.sort(sorted);
        return sorted;
    }

    private static void report(double[] micros, Path file) throws IOException {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("system", "disk");
        figures.put("file_system", Files.getFileStore(file).type());
        figures.put("samples", micros.length);
        figures.put("p50_us", Numbers.rounded(Numbers.quantile(micros, 0.5)));
        figures.put("p99_us", Numbers.rounded(Numbers.quantile(micros, 0.99)));
        figures.put("p99.9_us", Numbers.rounded(Numbers.quantile(micros, 0.999)));
        figures.put("max_us", Numbers.rounded(micros[micros.length - 1]));
        System.out.println(Json.line(figures));
    }
}
