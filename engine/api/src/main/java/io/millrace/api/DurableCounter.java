package io.millrace.api;

import java.util.concurrent.atomic.LongAdder;

/**
 * A count that outlives the process: what a batch adds to it is committed with the batch, and a batch that is run again after the end of a process adds
 * to the value of the last commit. So each batch's additions count once, as plain accumulators' do not. Made by
 * {@link StreamingContext#durableCounter}; without a checkpoint it begins at 0 in each run.
 *
 * <p>Additions are those of functions and outputs of batches. A function that runs twice for a record of one batch (a stream without
 * {@code cache()} that two outputs read, a failed attempt that is tried again) adds twice. What is added outside of a batch counts from the next
 * commit on.
 *
 * <p>Threads that add at once do not wait for each other. Any thread may call.
 */
public final class DurableCounter {
    private final String name;
    private final LongAdder added = new LongAdder();

    DurableCounter(String name) {
        this.name = name;
    }

    /** By which its value is found again. */
    public String name() {
        return name;
    }

    /** Add one. */
    public void increment() {
        added.increment();
    }

    /** Add a number, which may be negative. */
    public void add(long number) {
        added.add(number);
    }

    /** The sum of all that was added in this run and in the ones it goes on with, what is not committed yet included. */
    public long value() {
        return added.sum();
    }
}
