package io.millrace.jmh.idle;

import io.millrace.jmh.measure.Json;
import io.millrace.jmh.measure.Numbers;
import io.millrace.jmh.measure.ProcessCpu;
import io.millrace.jmh.measure.ThreadCpu;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** CPU time of an empty batch: of the whole process, and of each thread. Prints one line of JSON. */
public final class IdleBatches {
    private static final long POLL_MS = 500;
    private static final double NANOS_PER_MICRO = 1e3;

    private final AtomicLong batches = new AtomicLong();
    private final IdleOptions options;

    private IdleBatches(IdleOptions options) {
        this.options = options;
    }

    public static void main(String[] args) throws Exception {
        new IdleBatches(new IdleOptions(args)).run();
        System.exit(0);
    }

    private void run() throws Exception {
        int batchMs = options.number("--batch-ms", 10);
        int perRepetition = options.number("--batches", 1_000);
        double[] cpuMicros = new double[options.number("--reps", 5)];
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("system", "idle-" + batchMs + "ms");
        figures.put("batch_ms", batchMs);
        figures.put("batches", perRepetition * cpuMicros.length);
        figures.put("cpu_us_per_interval_without_engine", Numbers.rounded(withoutEngine(batchMs, perRepetition)));
        EmptyRun running = new EmptyRun(batchMs, options.settings(), time -> batches.lazySet(batches.get() + 1));
        try {
            await(options.number("--warm", 3_000));
            Map<String, Long> before = ThreadCpu.nanos();
            long allocatedBefore = ThreadCpu.allocatedBytes();
            for (int i = 0; i < cpuMicros.length; i++) {
                long first = batches.get();
                long cpu = ProcessCpu.nanos();
                await(first + perRepetition);
                cpuMicros[i] = (ProcessCpu.nanos() - cpu) / NANOS_PER_MICRO / (batches.get() - first);
            }
            double all = (double) perRepetition * cpuMicros.length;
            figures.put("cpu_us_per_batch", Numbers.rounded(Numbers.median(cpuMicros)));
            figures.put("cpu_us_per_batch_min", Numbers.rounded(Numbers.quantile(sorted(cpuMicros), 0)));
            figures.put("cpu_us_per_batch_max", Numbers.rounded(Numbers.quantile(sorted(cpuMicros), 1)));
            figures.put(
                    "allocated_bytes_per_batch", Numbers.rounded((ThreadCpu.allocatedBytes() - allocatedBefore) / all));
            ThreadCpu.nanos().forEach((thread, nanos) -> {
                double micros = (nanos - before.getOrDefault(thread, 0L)) / NANOS_PER_MICRO / all;
                if (micros >= 0.1) {
                    figures.put("cpu_us_of " + thread, Numbers.rounded(micros));
                }
            });
        } finally {
            running.stop();
        }
        System.out.println(Json.line(figures));
    }

    /** The same time in a JVM that does nothing: what it takes for itself. */
    private double withoutEngine(int batchMs, int intervals) throws InterruptedException {
        long cpu = ProcessCpu.nanos();
        Thread.sleep((long) batchMs * intervals);
        return (ProcessCpu.nanos() - cpu) / NANOS_PER_MICRO / intervals;
    }

    private void await(long count) throws InterruptedException {
        while (batches.get() < count) {
            Thread.sleep(POLL_MS);
        }
    }

    private static double[] sorted(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted;
    }
}
