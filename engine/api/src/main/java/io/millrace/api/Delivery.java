package io.millrace.api;

import java.io.Serializable;
import java.util.Objects;

/**
 * One batch at one output: what an output's body tells another system, so that this recognises what it has got already. Immutable; may be
 * used by the functions that the body hands to the workers.
 *
 * <p>In a run with a checkpoint the batch's plan is certain when the body is called, so a body that is called again for a batch sees the same
 * input. It sees the same records in the same partitions, if the program's functions give the same for the same, and the number of
 * partitions is the same as before (it follows from the number of workers, unless it is said).
 *
 * @param output the output's name in the plan, such as {@code foreachRDD-1}: the first of that kind in the order of definition
 * @param batchTime names the batch, for good: no other batch of the checkpoint has that time
 * @param isReplay whether an earlier run of the program planned this batch, so that this output may have run for it before; false without a
 *     checkpoint
 */
public record Delivery(String output, Time batchTime, boolean isReplay) implements Serializable {
    /** Neither may be null. */
    public Delivery {
        Objects.requireNonNull(output, "output of a delivery");
        Objects.requireNonNull(batchTime, "batch time of a delivery");
    }

    /**
     * What names this batch at this output, and is the same if the output runs again: {@code foreachRDD-1/1357008430000}. Another program may
     * have the same; where several write to one place, put the program's name in front.
     */
    public String idempotencyKey() {
        return output + "/" + batchTime.milliseconds();
    }

    /**
     * What names one partition of this batch at this output: {@code foreachRDD-1/1357008430000/0}. Otherwise as {@link #idempotencyKey()}.
     *
     * @param partition 0 or more; in {@code foreachPartition} it is {@link TaskContext#getPartitionId()}
     * @throws IllegalArgumentException if it is negative
     */
    public String idempotencyKey(int partition) {
        if (partition < 0) {
            throw new IllegalArgumentException("the key of partition " + partition + " of " + idempotencyKey()
                    + "; give 0 or more, such as TaskContext.getPartitionId() inside foreachPartition");
        }
        return idempotencyKey() + "/" + partition;
    }
}
