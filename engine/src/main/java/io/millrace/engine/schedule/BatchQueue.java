package io.millrace.engine.schedule;

/** Where planned batches wait to be run, in order. */
public interface BatchQueue {
    /** Add a batch, whose shares the queue's reader releases; if this throws, the caller does. Owner: the conductor. */
    void add(BatchPlan batch);

    /** How many batches wait, without the one being run. */
    int waiting();

    /** Whether no more should come for now: then sources rest, and ticks are made up for later. */
    boolean isResting();

    /** Whether none waits and none is being run. */
    boolean isIdle();
}
