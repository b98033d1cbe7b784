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

    /** Whether it has come to rest for good: nothing more will be published. */
    boolean isEnded();

    /** After {@link #requestStop}, when nobody makes room any more: do not wait for it. */
    void stopWaiting();

    /**
     * After {@link #stopWaiting}, when {@link #doWork} is called no more: let nobody else write either.
     *
     * @return false if somebody is still writing after {@code waitMs}
     */
    boolean shut(long waitMs);
}
