package io.millrace.jmh.durable;

import io.millrace.api.Durations;
import io.millrace.api.MapWithStateDStream;
import io.millrace.api.MillraceConf;
import io.millrace.api.StateSpec;
import io.millrace.api.StateView;
import io.millrace.api.StreamingContext;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Typed;
import io.millrace.jmh.measure.Json;
import io.millrace.jmh.measure.Numbers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A count by key that is kept: {@code fill} counts each key once and stops gracefully; {@code extend} goes on until the log has grown by so
 * much, and ends as if killed; {@code go on} measures how long that takes, prints one line of JSON, and ends with status 1 when keys are missing.
 */
public final class RecoveryRun {
    private static final long GIVE_UP_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(100);
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double MEGA = 1e6;
    private static final double KIB_PER_MEGA = 1e6 / 1024;

    private final Map<String, String> values = new HashMap<>();
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Path directory;
    private final int keys;
    private KeySource source;
    private StateView<Long, Long> counts;
    private volatile long firstBatchNanos;

    private RecoveryRun(String[] args) {
        for (int i = 0; i < args.length; i += 2) {
            if (args[i].equals("--set")) {
                String[] setting = args[i + 1].split("=", 2);
                settings.put(setting[0], setting[1]);
            } else {
                values.put(args[i], args[i + 1]);
            }
        }
        directory = Path.of(values.get("--directory"));
        keys = Integer.parseInt(values.get("--keys"));
    }

    public static void main(String[] args) throws Exception {
        new RecoveryRun(args).run();
    }

    private void run() throws Exception {
        switch (values.get("--do")) {
            case "fill" -> fill();
            case "extend" -> extend();
            default -> goOn();
        }
    }

    private void fill() {
        StreamingContext context = context(keys);
        context.start();
        await(source::isSafe, "all keys are committed");
        context.stop(true, true);
    }

    private void extend() throws IOException {
        settings.put("millrace.checkpoint.snapshotBytes", "1t"); // all of it in the log
        settings.put("millrace.streaming.receiver.maxRate", "2000000"); // of one key, a batch logs the last value alone
        StreamingContext context = StreamingContext.getOrCreate(directory.toString(), () -> context(Long.MAX_VALUE));
        long most = bytes(directory.resolve("batch")) + Long.parseLong(values.get("--log-bytes"));
        context.start();
        await(() -> bytes(directory.resolve("batch")) >= most, "the log has grown");
        source.end();
        await(source::isSafe, "all of the log is committed");
        Runtime.getRuntime().halt(0);
    }

    /** Of all files in a folder; those of the log are taken whole, before they are written. */
    private static long bytes(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void goOn() throws Exception {
        settings.put("millrace.checkpoint.missedBatches", "skip"); // those while nothing ran
        StreamingContext context = StreamingContext.getOrCreate(directory.toString(), () -> context(1));
        long start = System.nanoTime();
        context.start();
        long started = System.nanoTime();
        await(source::isSafe, "a new record is committed");
        long committed = System.nanoTime();
        long sinceJvm = System.currentTimeMillis()
                - ManagementFactory.getRuntimeMXBean().getStartTime();
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("system", values.get("--system"));
        settings.forEach(figures::put);
        figures.put("start_ms", millis(started - start));
        figures.put("first_batch_ms", millis(firstBatchNanos - start));
        figures.put("commit_ms", millis(committed - start));
        figures.put("since_jvm_ms", sinceJvm);
        figures.put("peak_heap_mb", Numbers.rounded(peakHeapBytes() / MEGA));
        figures.put("peak_resident_mb", Numbers.rounded(peakResidentKib() / KIB_PER_MEGA));
        figures.put("keys", counts.size());
        System.out.println(Json.line(figures));
        System.exit(counts.size() == keys ? 0 : 1);
    }

    private StreamingContext context(long records) {
        MillraceConf conf = new MillraceConf()
                .setMaster(values.getOrDefault("--master", "local[2]"))
                .setAppName("recovery")
                .set("millrace.state.store", "resident");
        settings.forEach(conf::set);
        StreamingContext context = new StreamingContext(
                conf, Durations.milliseconds(Long.parseLong(values.getOrDefault("--batch-ms", "10"))));
        context.checkpoint(directory.toString());
        source = new KeySource(keys, records);
        MapWithStateDStream<Long, Long, Long, Tuple2<Long, Long>> stream = context.receiverStream(source, Long.class)
                .named("keys")
                .mapToPair(Typed.longPair(key -> key, key -> 1L))
                .mapWithState(StateSpec.running(Reducers.sumLong()));
        stream.named("counts");
        stream.foreachRDD((rdd, time) -> {
            rdd.count();
            firstBatchNanos = firstBatchNanos == 0 ? System.nanoTime() : firstBatchNanos; // one writer
        });
        counts = context.stateOf(stream);
        return context;
    }

    private static void await(BooleanSupplier condition, String what) {
        long giveUp = System.nanoTime() + GIVE_UP_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - giveUp > 0) {
                throw new IllegalStateException("waited five minutes in vain until " + what);
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private static double millis(long nanos) {
        return Numbers.rounded(nanos / NANOS_PER_MILLI);
    }

    private static double peakHeapBytes() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToDouble(peak -> peak.getUsed())
                .sum();
    }

    /** As Linux counts it; 0 elsewhere. */
    private static double peakResidentKib() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")))
                .sum();
    }
}
