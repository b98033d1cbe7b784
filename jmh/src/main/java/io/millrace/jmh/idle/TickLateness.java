package io.millrace.jmh.idle;

import io.millrace.jmh.measure.Json;
import io.millrace.jmh.measure.Numbers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * How late a batch's output begins after the batch's time. A probe, which is a bare thread that parks until the next multiple of
 * the interval, says what the machine itself allows: once alone, once beside the engine. Prints one line of JSON for each.
 */
public final class TickLateness {
    private static final EpochNanoClock CLOCK = new SystemEpochNanoClock();
    private static final long POLL_MS = 50;
    private static final double NANOS_PER_MICRO = 1e3;

    private final int batchMs;
    private final int batches;
    private final int warm;
    private final IdleOptions options;

    private TickLateness(IdleOptions options) {
        this.options = options;
        batchMs = options.number("--batch-ms", 1);
        batches = options.number("--batches", 20_000);
        warm = options.number("--warm", 5_000);
    }

    public static void main(String[] args) throws Exception {
        new TickLateness(new IdleOptions(args)).run();
        System.exit(0);
    }

    private void run() throws Exception {
        Samples alone = new Samples();
        probe(alone);
        report("probe-alone", alone);
        Samples beside = new Samples();
        Samples engine = new Samples();
        Thread probe = new Thread(() -> probe(beside), "probe");
        EmptyRun running = new EmptyRun(
                batchMs, options.settings(), time -> engine.add(TimeUnit.MILLISECONDS.toNanos(time.milliseconds())));
        try {
            probe.start();
            while (!engine.isFull()) {
                Thread.sleep(POLL_MS);
            }
            probe.join();
        } finally {
            running.stop();
        }
        report("probe-beside-engine", beside);
        report("engine", engine);
    }

    private void probe(Samples samples) {
        long interval = TimeUnit.MILLISECONDS.toNanos(batchMs);
        long due = (CLOCK.nanoTime() / interval + 1) * interval;
        while (!samples.isFull()) {
            for (long left = due - CLOCK.nanoTime(); left > 0; left = due - CLOCK.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            samples.add(due);
            due += interval;
        }
    }

    private void report(String system, Samples samples) {
        double[] micros = samples.micros();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("system", system);
        figures.put("batch_ms", batchMs);
        options.settings().forEach(figures::put);
        figures.put("samples", micros.length);
        figures.put("p50_us", Numbers.rounded(Numbers.quantile(micros, 0.5)));
        figures.put("p90_us", Numbers.rounded(Numbers.quantile(micros, 0.9)));
        figures.put("p99_us", Numbers.rounded(Numbers.quantile(micros, 0.99)));
        figures.put("p99.9_us", Numbers.rounded(Numbers.quantile(micros, 0.999)));
        figures.put("max_us", Numbers.rounded(micros[micros.length - 1]));
        System.out.println(Json.line(figures));
    }

    /** Latenesses; the first ones warm up and are left out. One writer. */
    private final class Samples {
        private final long[] nanos = new long[warm + batches];
        private volatile int count;

        void add(long dueNanos) {
            long late = CLOCK.nanoTime() - dueNanos;
            int at = count;
            if (at < nanos.length) {
                nanos[at] = late;
                count = at + 1;
            }
        }

        boolean isFull() {
            return count == nanos.length;
        }

        double[] micros() {
            double[] micros = Arrays.stream(nanos, warm, nanos.length)
                    .mapToDouble(late -> late / NANOS_PER_MICRO)
                    .toArray();
            Arrays.sort(micros);
            return micros;
        }
    }
}
