package io.millrace.api.listener;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.ToLongFunction;

/**
 * Keeps the last completed batches and logs, after each batch, how their total delays and processing times are distributed: least,
 * quartiles and greatest, in milliseconds. Thread: the listeners' alone.
 */
public class StatsReportListener implements StreamingListener {
    private static final System.Logger LOG = System.getLogger(StatsReportListener.class.getName());
    private static final int DEFAULT_BATCHES = 10;
    private static final double[] QUANTILES = {0, 0.25, 0.5, 0.75, 1};

    private final int numBatchInfos;
    private final Deque<BatchInfo> batchInfos = new ArrayDeque<>();

    /** Keeps the last 10 batches. */
    public StatsReportListener() {
        this(DEFAULT_BATCHES);
    }

    /**
     * Keeps so many batches.
     *
     * @throws IllegalArgumentException if that is below 1
     */
    public StatsReportListener(int numBatchInfos) {
        if (numBatchInfos < 1) {
            throw new IllegalArgumentException(
                    "StatsReportListener of " + numBatchInfos + " batches; give 1 or more, such as " + DEFAULT_BATCHES);
        }
        this.numBatchInfos = numBatchInfos;
    }

    @Override
    public void onBatchCompleted(StreamingListenerBatchCompleted batchCompleted) {
        batchInfos.addLast(batchCompleted.batchInfo());
        if (batchInfos.size() > numBatchInfos) {
            batchInfos.removeFirst();
        }
        report(distribution("total delay", BatchInfo::totalDelay));
        report(distribution("processing time", BatchInfo::processingDelay));
    }

    /** Where a line of the report goes: the log, unless a subclass has another place. */
    protected void report(String line) {
        LOG.log(System.Logger.Level.INFO, line);
    }

    private String distribution(String what, ToLongFunction<BatchInfo> delay) {
        long[] sorted = batchInfos.stream().mapToLong(delay).sorted().toArray();
        StringBuilder line = new StringBuilder(what + " of the last " + sorted.length + " batches, ms:");
        for (double quantile : QUANTILES) {
            int index = (int) Math.min(sorted.length - 1, quantile * sorted.length);
            line.append(' ').append(Math.round(quantile * 100)).append("% ").append(sorted[index]);
        }
        return line.toString();
    }
}
