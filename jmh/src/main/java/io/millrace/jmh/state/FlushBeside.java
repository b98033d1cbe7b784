package io.millrace.jmh.state;

import io.millrace.api.Durations;
import io.millrace.api.MillraceConf;
import io.millrace.api.PairDStream;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.Time;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Typed;
import io.millrace.jmh.data.Randomness;
import io.millrace.jmh.measure.Json;
import io.millrace.jmh.measure.Numbers;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * How long a batch takes, from its time to the begin of the output that follows its state, while keys are written to the store behind
 * memory, or are not. Every key is there before the first batch that counts. Prints one line of JSON.
 */
public final class FlushBeside {
    private static final EpochNanoClock CLOCK = new SystemEpochNanoClock();
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int FILL_CHUNK = 200_000;

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new LinkedHashMap<>();
    private final int keys;
    private final int touched;
    private final int batchMs;
    private final long[] nanos;
    private final AtomicInteger measured = new AtomicInteger(-1);
    private volatile long seen;
    private String system = "";

    private FlushBeside(String[] args) {
        for (int i = 0; i < args.length; i += 2) {
            if (args[i].equals("--system")) {
                system = args[i + 1];
            } else if (args[i].equals("--set")) {
                String[] setting = args[i + 1].split("=", 2);
                settings.put(setting[0], inThisProcess(setting[1]));
            } else {
                numbers.put(args[i], Integer.valueOf(args[i + 1]));
            }
        }
        keys = numbers.getOrDefault("--keys", 2_000_000);
        touched = numbers.getOrDefault("--touched", 20_000);
        batchMs = numbers.getOrDefault("--batch-ms", 50);
        nanos = new long[numbers.getOrDefault("--batches", 400)];
    }

    /** {@code %t} is the time, and {@code %p} the process, for what has to be another one in each. */
    private static String inThisProcess(String value) {
        return value.replace("%t", Long.toString(CLOCK.nanoTime()))
                .replace("%p", Long.toString(ProcessHandle.current().pid()));
    }

    public static void main(String[] args) throws Exception {
        new FlushBeside(args).run();
        System.exit(0);
    }

    private void run() throws Exception {
        MillraceConf conf = new MillraceConf().setMaster("local[2]").setAppName("flush");
        settings.forEach(conf::set);
        try (StreamingContext context = new StreamingContext(conf, Durations.milliseconds(batchMs))) {
            PushInputDStream<Long> input = context.pushStream(Long.class);
            PairDStream<Long, Long> counts = input.mapToPair(Typed.longPair(key -> key, key -> 1L))
                    .updateStateByKey(Reducers.running(Reducers.sumLong()));
            counts.foreachRDD((rdd, time) -> tookIn(time));
            context.start();
            fill(input);
            feed(input, numbers.getOrDefault("--warm", 100));
            measured.set(0);
            feed(input, nanos.length);
            report();
        }
    }

    private void tookIn(Time time) {
        long took = CLOCK.nanoTime() - TimeUnit.MILLISECONDS.toNanos(time.milliseconds());
        int at = measured.get();
        if (at >= 0 && at < nanos.length) {
            nanos[at] = took;
            measured.set(at + 1);
        }
        seen++;
    }

    /** Every key once, no more at a time than two batches take in. */
    private void fill(PushInputDStream<Long> input) {
        for (long key = 0; key < keys; key++) {
            offer(input, key);
            if (key % FILL_CHUNK == FILL_CHUNK - 1) {
                long then = seen;
                while (seen < then + 2) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        }
    }

    private void feed(PushInputDStream<Long> input, int batches) {
        Randomness random = new Randomness(batches);
        long interval = TimeUnit.MILLISECONDS.toNanos(batchMs);
        long due = (CLOCK.nanoTime() / interval + 1) * interval;
        for (int batch = 0; batch < batches; batch++) {
            for (long left = due - CLOCK.nanoTime(); left > 0; left = due - CLOCK.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            for (int i = 0; i < touched; i++) {
                offer(input, random.below(keys));
            }
            due += interval;
        }
    }

    private static void offer(PushInputDStream<Long> input, long key) {
        while (!input.offer(key)) {
            LockSupport.parkNanos(100_000);
        }
    }

    private void report() {
        double[] millis = Arrays.stream(nanos, 0, measured.get())
                .mapToDouble(took -> took / NANOS_PER_MILLI)
                .sorted()
                .toArray();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("system", system);
        figures.put("keys", keys);
        figures.put("touched", touched);
        figures.put("batch_ms", batchMs);
        figures.put("samples", millis.length);
        figures.put("p50_ms", Numbers.rounded(Numbers.quantile(millis, 0.5)));
        figures.put("p90_ms", Numbers.rounded(Numbers.quantile(millis, 0.9)));
        figures.put("p99_ms", Numbers.rounded(Numbers.quantile(millis, 0.99)));
        figures.put("max_ms", Numbers.rounded(millis[millis.length - 1]));
        System.out.println(Json.line(figures));
    }
}
