package io.millrace.jmh.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Turns marks, made at the ends of batches, into figures: a warm-up is left out, the rest is cut into repetitions of about one
 * length. Safe from several threads.
 */
public final class Meter {
    /** A thread with less of the CPU time is not worth a word. */
    private static final double LEAST_SHARE = 0.01;

    private final long warmNanos;
    private final long repetitionNanos;
    private final int repetitions;
    /** Marks that begin or end a repetition. */
    private final List<Mark> marks = new ArrayList<>();

    private boolean begun;
    private long dueNanos;
    private long batches;

    /** A meter that has not begun; the end of its first batch begins the warm-up. */
    public Meter(double warmSeconds, double repetitionSeconds, int repetitions) {
        this.warmNanos = nanos(warmSeconds);
        this.repetitionNanos = nanos(repetitionSeconds);
        this.repetitions = repetitions;
    }

    private static long nanos(double seconds) {
        return (long) (seconds * TimeUnit.SECONDS.toNanos(1));
    }

    /** A batch has ended; {@code records} were worked off since the start. */
    public synchronized void batchEnded(long records) {
        if (isOver()) {
            return;
        }
        long now = System.nanoTime();
        dueNanos = begun ? dueNanos : now + warmNanos;
        begun = true;
        batches += marks.isEmpty() ? 0 : 1;
        if (now - dueNanos >= 0) {
            marks.add(Mark.at(records));
            dueNanos = now + repetitionNanos;
        }
    }

    /** Whether everything is measured. */
    public synchronized boolean isOver() {
        return marks.size() > repetitions;
    }

    /** Adds the figures; over all repetitions, except the rate, which is their median with the least and the most. */
    public synchronized void report(Map<String, Object> figures) {
        int parts = marks.size() - 1;
        if (parts < 1) {
            throw new IllegalStateException("no repetition was measured: no batch ended after the warm-up; run longer");
        }
        double[] rates = new double[parts];
        for (int i = 0; i < parts; i++) {
            Mark from = marks.get(i);
            Mark to = marks.get(i + 1);
            rates[i] = (to.records() - from.records()) / seconds(from, to);
        }
        Arrays.sort(rates);
        Mark first = marks.get(0);
        Mark last = marks.get(parts);
        double wall = seconds(first, last);
        double cpu = (last.cpuNanos() - first.cpuNanos()) / 1e9;
        double records = last.records() - first.records();
        figures.put("repetitions", parts);
        figures.put("records", last.records() - first.records());
        figures.put("batches", batches);
        figures.put("records_per_s", Math.round(Numbers.median(rates)));
        figures.put("records_per_s_min", Math.round(rates[0]));
        figures.put("records_per_s_max", Math.round(rates[parts - 1]));
        figures.put("cpu_s_per_million", Numbers.rounded(cpu / (records / 1e6)));
        figures.put(
                "allocated_bytes_per_record",
                Numbers.rounded((last.allocatedBytes() - first.allocatedBytes()) / records));
        figures.put("cores_used", Numbers.rounded(cpu / wall));
        figures.put("cores_used_by_others", Numbers.rounded(Math.max(0, ticks(first, last) / wall - cpu / wall)));
        figures.put("gc_ms", last.gcMs() - first.gcMs());
        figures.put("wall_s", Numbers.rounded(wall));
        last.threadNanos().forEach((thread, nanos) -> {
            double ofThread = (nanos - first.threadNanos().getOrDefault(thread, 0L)) / 1e9;
            if (ofThread > LEAST_SHARE * cpu) {
                figures.put("cpu_s_per_million_of " + thread, Numbers.rounded(ofThread / (records / 1e6)));
            }
        });
    }

    private static double seconds(Mark from, Mark to) {
        return (to.nanos() - from.nanos()) / 1e9;
    }

    private static double ticks(Mark from, Mark to) {
        return (to.machineTicks() - from.machineTicks()) / Mark.TICKS_PER_SECOND;
    }
}
