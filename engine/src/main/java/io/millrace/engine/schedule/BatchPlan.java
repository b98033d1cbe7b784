package io.millrace.engine.schedule;

import io.millrace.engine.task.Rows;
import java.util.List;

/**
 * One batch, ready to be run: its time and each source's share, by stream id.
 *
 * @param zeroMs one batch interval before the first batch of the run, from where slides are counted; milliseconds since the epoch
 * @param timeMs milliseconds since the epoch
 * @param isReplay whether an earlier run planned it, and may have run it
 */
public record BatchPlan(long zeroMs, long timeMs, List<BatchInput.Taken> inputs, boolean isReplay) {
    /** Takes a copy of the list. */
    public BatchPlan {
        inputs = List.copyOf(inputs);
    }

    /** A batch that is planned for the first time. */
    public BatchPlan(long zeroMs, long timeMs, List<BatchInput.Taken> inputs) {
        this(zeroMs, timeMs, inputs, false);
    }

    /** The share of one source, null if it has no dataset in this batch. */
    public Rows rowsOf(int streamId) {
        return inputs.get(streamId).rows();
    }

    /** How many records it is known to have. */
    public long records() {
        long records = 0;
        for (BatchInput.Taken taken : inputs) {
            records += taken.summary().records();
        }
        return records;
    }

    /** Give the memory of all shares back. Once. */
    public void release() {
        inputs.forEach(taken -> taken.release().run());
    }
}
