package io.millrace.jmh.durable;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** How late batches and records of a paced phase were, in µs, sorted. */
final class Latencies {
    private static final double NANOS_PER_MICRO = 1e3;

    private final BatchTrace.Kept kept;
    private final long start;
    private final long recordsBefore;
    private final long rate;

    /**
     * @param start when the phase began, in nanoseconds since the epoch
     * @param recordsBefore how many were offered before it, all of them worked off
     */
    Latencies(BatchTrace.Kept kept, long start, long recordsBefore, long rate) {
        this.kept = kept;
        this.start = start;
        this.recordsBefore = recordsBefore;
        this.rate = rate;
    }

    /** From a batch's time until its outputs have ended, of batches whose time is between two instants. */
    double[] ofBatches(long from, long to) {
        return sorted(batches(from, to).mapToDouble(this::late));
    }

    /** The same, of those during which a snapshot was under way, or of the others. */
    double[] ofBatches(long from, long to, List<SnapshotWatch.Span> snapshots, boolean areBeside) {
        return sorted(batches(from, to)
                .filter(batch -> areBeside
                        == snapshots.stream().anyMatch(span -> span.touches(timeNanos(batch), kept.endNanos[batch])))
                .mapToDouble(this::late));
    }

    private IntStream batches(long from, long to) {
        return IntStream.range(0, kept.size()).filter(batch -> timeNanos(batch) >= from && timeNanos(batch) < to);
    }

    private long timeNanos(int batch) {
        return TimeUnit.MILLISECONDS.toNanos(kept.timesMs[batch]);
    }

    private double late(int batch) {
        return (kept.endNanos[batch] - timeNanos(batch)) / NANOS_PER_MICRO;
    }

    /** From when a record was due until the outputs of its batch have ended; records come in order. */
    double[] ofRecords(long from, long to) {
        return sorted(batches(from, to).boxed().flatMapToDouble(this::ofRecords));
    }

    private DoubleStream ofRecords(Integer batch) {
        long first = (batch == 0 ? recordsBefore : kept.records[batch - 1]) - recordsBefore;
        long behind = kept.records[batch] - recordsBefore;
        long end = kept.endNanos[batch];
        return IntStream.range(0, Math.toIntExact(behind - first))
                .mapToDouble(record -> (end - dueNanos(first + record)) / NANOS_PER_MICRO);
    }

    private long dueNanos(long record) {
        return start + record * TimeUnit.SECONDS.toNanos(1) / rate;
    }

    private static double[] sorted(DoubleStream latencies) {
        double[] all = latencies.toArray();
        Arrays.sort(all);
        return all;
    }
}
