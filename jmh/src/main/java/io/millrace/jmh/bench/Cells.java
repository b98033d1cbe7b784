package io.millrace.jmh.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures of several rounds as cells of a table. */
final class Cells {
    private static final List<String> QUANTILES = List.of("p50", "p99", "p99.9", "max");
    private static final double MILLION = 1e6;
    private static final double MICROS_PER_MILLI = 1e3;

    private Cells() {}

    /** Millions of records a second, and the spread over all repetitions: two cells. */
    static String rate(Rounds rounds, String system) {
        return String.format(
                Locale.ROOT,
                "%.2f | %.2f to %.2f",
                rounds.median(system, "records_per_s") / MILLION,
                rounds.least(system, "records_per_s_min") / MILLION,
                rounds.most(system, "records_per_s_max") / MILLION);
    }

    /** Milliseconds at p50, p99, p99.9 and at most, of the figures that begin with a word: four cells, empty where nothing was measured. */
    static String latencies(Rounds rounds, String system, String of) {
        return QUANTILES.stream()
                .map(quantile -> of + "_" + quantile + "_us")
                .map(figure -> worst(rounds, system, figure, MICROS_PER_MILLI))
                .collect(Collectors.joining(" | "));
    }

    /** The median, and in brackets the worst round; a dash where no round has the figure. */
    static String worst(Rounds rounds, String system, String figure, double unit) {
        return rounds.has(system, figure)
                ? String.format(
                        Locale.ROOT,
                        "%.2f (%.2f)",
                        rounds.median(system, figure) / unit,
                        rounds.most(system, figure) / unit)
                : "–";
    }

    /** The median in milliseconds, of a figure in microseconds. */
    static String millis(Rounds rounds, String system, String quantile) {
        return String.format(Locale.ROOT, "%.2f", rounds.median(system, quantile + "_us") / MICROS_PER_MILLI);
    }

    /** What one system's median is of another's; a dash where one of them is missing. */
    static String ratio(Rounds rounds, String system, String to, String figure) {
        return rounds.has(system, figure) && rounds.has(to, figure)
                ? String.format(Locale.ROOT, "%.2f", rounds.median(system, figure) / rounds.median(to, figure))
                : "–";
    }
}
