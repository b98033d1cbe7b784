package io.millrace.ingest;

import org.agrona.concurrent.Agent;

/**
 * What brings one source's records into its ring, in duty cycles, on whichever thread calls them.
 *
 * <p>A duty cycle never throws because of the source: what goes wrong there is counted, reported and tried again.
 *
 * <p>Thread: {@link #doWork}, {@link #await} by one thread, its own or the caller's; the rest from any.
 */
public interface SourceDriver extends Agent {

    @Override
    int doWork();

    /** Wait until there may be work. May return early for no reason. */
    void await();

    /** Come to rest at one of the next duty cycles. Returns at once; any number of times. */
    void requestStop();

    /**
     * All records up to a position are safe; whoever sends them may be told, on the thread that calls {@link #doWork}. Returns at once.
     *
     * @param position not below that of the call before
     */
    default void acknowledge(long position) {}

    /** Whether it has come to rest for good: nothing more will be published. */
    boolean isEnded();

    /** After {@link #requestStop}, when nobody makes room any more: do not wait for it. */
    void stopWaiting();

    /**
     * After {@link #requestStop}: whoever writes on other threads than the one that calls {@link #doWork} has written its last
     * record when this returns, or does so within {@code waitMs} and fails from then on.
     *
     * @return false if somebody is still writing after {@code waitMs}
     */
    boolean refuse(long waitMs);

    /**
     * After {@link #stopWaiting}: let nobody write any more.
     *
     * @param isLeft whether {@link #doWork} is certainly called no more; else its thread is stuck somewhere
     * @param waitMs how long to wait for somebody who is writing
     * @return false if somebody may still be writing
     */
    boolean shut(boolean isLeft, long waitMs);
}
