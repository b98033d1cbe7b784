package io.millrace.jmh.durable;

import io.millrace.api.Durations;
import io.millrace.api.MapWithStateDStream;
import io.millrace.api.MillraceConf;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StateSpec;
import io.millrace.api.StateView;
import io.millrace.api.StreamingContext;
import io.millrace.api.Tuple2;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Typed;
import io.millrace.jmh.measure.Json;
import io.millrace.jmh.measure.Meter;
import io.millrace.jmh.measure.Numbers;
import io.millrace.jmh.measure.ProcessCpu;
import io.millrace.jmh.measure.ThreadCpu;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;

/**
 * A count by key, fed by a push stream: how many records a second batches keep up with, and how late batches and records are at a fixed rate. Prints
 * one line of JSON; ends with status 1 when the counts are not those of what was offered.
 */
public final class DurableFlow {
    /** Of the paced phase, before anything of it counts. */
    private static final long SETTLE_MS = 1_000;

    private static final long SNAPSHOT_MS = 10_000;
    private static final double NANOS_PER_MICRO = 1e3;

    private final EpochNanoClock clock = new SystemEpochNanoClock();
    private final DurableOptions options;
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final BatchTrace trace = new BatchTrace(clock);

    private DurableFlow(DurableOptions options) {
        this.options = options;
    }

    public static void main(String[] args) throws Exception {
        new DurableFlow(DurableOptions.of(args)).run();
    }

    private void run() throws Exception {
        figures.put("system", options.system());
        figures.put("master", options.master());
        figures.put("batch_ms", options.batchMs());
        figures.put("keys", options.keys());
        figures.put("rate", options.rate());
        options.settings().forEach((key, value) -> {
            if (!value.equals(options.directory())) {
                figures.put(key, value);
            }
        });
        MillraceConf conf = new MillraceConf().setMaster(options.master()).setAppName("durable");
        options.settings().forEach(conf::set);
        StreamingContext context = new StreamingContext(conf, Durations.milliseconds(options.batchMs()));
        PushInputDStream<Long> input = context.pushStream(Long.class);
        StateView<Long, Long> counts = options.keys() == 0 ? null : countByKey(context, input);
        if (counts == null) {
            input.foreachRDD((rdd, time) -> trace.batchEnded(time, rdd.count()));
        }
        context.start();
        boolean areEqual = run(context, new Feeder(input, trace, clock, options), counts);
        System.out.println(Json.line(figures));
        System.exit(areEqual ? 0 : 1);
    }

    private StateView<Long, Long> countByKey(StreamingContext context, PushInputDStream<Long> input) {
        MapWithStateDStream<Long, Long, Long, Tuple2<Long, Long>> counts = input.mapToPair(
                        Typed.longPair(key -> key, key -> 1L))
                .mapWithState(StateSpec.running(Reducers.sumLong()));
        counts.named("counts");
        counts.foreachRDD((rdd, time) -> trace.batchEnded(time, rdd.count())); // as many as there were records
        return context.stateOf(counts);
    }

    private boolean run(StreamingContext context, Feeder feeder, StateView<Long, Long> counts) throws Exception {
        feeder.fill();
        feeder.drain();
        SnapshotWatch watch = options.isWatched() && options.directory() != null
                ? new SnapshotWatch(Path.of(options.directory()), clock)
                : null;
        try {
            if (options.phases().contains("full")) {
                feedFull(feeder, watch);
            } else {
                warmUp(feeder);
            }
            if (options.phases().contains("paced")) {
                feedPaced(feeder, watch);
            }
            boolean areEqual = counts == null || sum(counts) == feeder.offered();
            figures.put("counts", areEqual ? "equal" : "not equal");
            stop(context, watch);
            return areEqual;
        } finally {
            CloseHelper.close(watch);
        }
    }

    private static long sum(StateView<Long, Long> counts) {
        long[] sum = new long[1];
        counts.forEach((key, count) -> sum[0] += count);
        return sum[0];
    }

    private void warmUp(Feeder feeder) {
        long end = clock.nanoTime() + (long) (options.warmSeconds() * TimeUnit.SECONDS.toNanos(1));
        feeder.feedUntil(() -> clock.nanoTime() >= end);
        feeder.drain();
    }

    private void feedFull(Feeder feeder, SnapshotWatch watch) {
        Meter meter = new Meter(options.warmSeconds(), 1, options.repetitions());
        long begin = clock.nanoTime();
        trace.measure(meter);
        feeder.feedUntil(meter::isOver);
        long end = clock.nanoTime();
        trace.measure(null);
        feeder.drain();
        meter.report(figures);
        if (watch != null) {
            putSnapshots("full_", watch.spans(), begin, end);
        }
    }

    private void feedPaced(Feeder feeder, SnapshotWatch watch) throws InterruptedException {
        long settleMs = Math.max(SETTLE_MS, 2 * options.batchMs());
        long recordsBefore = feeder.offered();
        BatchTrace.Kept kept = trace.keep((int) ((settleMs + options.pacedMs() + SNAPSHOT_MS) / options.batchMs()) + 2);
        long cpuBefore = ProcessCpu.nanos();
        Map<String, Long> threadsBefore = ThreadCpu.nanos();
        long start = feeder.feedPaced(options.rate(), settleMs + options.pacedMs());
        feeder.drain();
        putCpu(ProcessCpu.nanos() - cpuBefore, threadsBefore, kept.size());
        Latencies latencies = new Latencies(kept, start, recordsBefore, options.rate());
        long from = start + TimeUnit.MILLISECONDS.toNanos(settleMs);
        long to = from + TimeUnit.MILLISECONDS.toNanos(options.pacedMs());
        put("batch", latencies.ofBatches(from, to));
        put("record", latencies.ofRecords(from, to));
        if (watch != null) {
            awaitEndOfSnapshot(watch);
            List<SnapshotWatch.Span> spans = watch.spans();
            putSnapshots("", spans, from, to);
            put("beside", latencies.ofBatches(from, to, spans, true));
            put("between", latencies.ofBatches(from, to, spans, false));
        }
    }

    /** Of the whole paced phase, the feeder included. */
    private void putCpu(long nanos, Map<String, Long> threadsBefore, double batches) {
        figures.put("cpu_us_per_batch", Numbers.rounded(nanos / NANOS_PER_MICRO / batches));
        ThreadCpu.nanos().forEach((thread, now) -> {
            double micros = (now - threadsBefore.getOrDefault(thread, 0L)) / NANOS_PER_MICRO / batches;
            if (micros >= 1) {
                figures.put("cpu_us_of " + thread, Numbers.rounded(micros));
            }
        });
    }

    /** One that is under way at the end is the last batches', too. */
    private static void awaitEndOfSnapshot(SnapshotWatch watch) throws InterruptedException {
        for (long waited = 0; watch.isUnderWay() && waited < SNAPSHOT_MS; waited++) {
            Thread.sleep(1);
        }
    }

    private void put(String what, double[] micros) {
        figures.put(what + "_samples", micros.length);
        if (micros.length > 0) {
            figures.put(what + "_p50_us", Numbers.rounded(Numbers.quantile(micros, 0.5)));
            figures.put(what + "_p99_us", Numbers.rounded(Numbers.quantile(micros, 0.99)));
            figures.put(what + "_p99.9_us", Numbers.rounded(Numbers.quantile(micros, 0.999)));
            figures.put(what + "_max_us", Numbers.rounded(micros[micros.length - 1]));
        }
    }

    private void putSnapshots(String prefix, List<SnapshotWatch.Span> spans, long from, long to) {
        double[] millis = spans.stream()
                .filter(span -> span.touches(from, to))
                .mapToDouble(SnapshotWatch.Span::millis)
                .sorted()
                .toArray();
        figures.put(prefix + "snapshots", millis.length);
        if (millis.length > 0) {
            figures.put(prefix + "snapshots_per_s", Numbers.rounded(millis.length * 1e9 / (to - from)));
            figures.put(prefix + "snapshot_ms", Numbers.rounded(Numbers.median(millis)));
            figures.put(prefix + "snapshot_max_ms", Numbers.rounded(millis[millis.length - 1]));
        }
    }

    /** The end of a run takes a snapshot at once, while no batch is run: what each was before there were slices. */
    private void stop(StreamingContext context, SnapshotWatch watch) throws InterruptedException {
        int before = watch == null ? 0 : watch.spans().size();
        context.stop(true, true);
        if (watch == null) {
            return;
        }
        for (long waited = 0; watch.spans().size() == before && waited < 1_000; waited++) {
            Thread.sleep(1);
        }
        List<SnapshotWatch.Span> spans = watch.spans();
        if (spans.size() > before) {
            figures.put("whole_ms", Numbers.rounded(spans.get(spans.size() - 1).millis()));
        }
    }
}
