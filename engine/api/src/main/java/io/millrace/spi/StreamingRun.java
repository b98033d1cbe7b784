package io.millrace.spi;

import io.millrace.api.MillraceException;
import io.millrace.api.RDDLike;
import io.millrace.api.StateView;
import io.millrace.api.StopReport;
import io.millrace.api.Time;
import io.millrace.plan.OperatorId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One plan being run. Safe from several threads, except {@link #doWork()}, which belongs to one. */
public interface StreamingRun {
    /**
     * Stop. Graceful: sources end first, everything received is processed in one more batch, and only then the run
     * ends; bounded by {@code millrace.streaming.gracefulStopTimeout}. Otherwise what waits is dropped. Returns when
     * the run has ended. Safe from several threads: a stop at once cuts short a graceful one that waits.
     *
     * @throws IllegalStateException if called by what this would wait for, such as an output; the run goes on
     * @throws MillraceException if called by a listener, for the same reason
     */
    void stop(boolean graceful);

    /**
     * Wait for the end of the run or for the first reported error.
     *
     * @param timeoutMs how long, in milliseconds; negative means for ever
     * @return true if the run has ended
     * @throws Exception the reported error, again for each waiter
     */
    boolean awaitTermination(long timeoutMs) throws Exception;

    /**
     * One duty cycle of everything, when the caller drives (master {@code local[0]}); how much was done, 0 for nothing.
     */
    int doWork();

    /** Whether the run has ended, by {@link #stop} or by itself. */
    boolean hasEnded();

    /** What the run left behind when it ended; empty before. */
    Optional<StopReport> stopReport();

    /** What an input has counted so far, by name; empty for inputs that count nothing. */
    Map<String, Long> counters(int streamId);

    /** What the run as a whole has counted so far, by name. */
    Map<String, Long> counters();

    /**
     * The datasets of one operator in the batches that are still kept, from one batch time to another, both included, in
     * order. A batch is kept until its outputs are done, and as long as {@code remember} says.
     *
     * @param pairs whether the datasets are wanted as pair RDDs
     * @throws IllegalArgumentException if no output reads that operator, so that it was never planned
     */
    List<RDDLike<?>> datasets(OperatorId operator, boolean pairs, Time from, Time to);

    /**
     * What a stateful operator remembers.
     *
     * @throws IllegalArgumentException if the operator is none, or no output reads it
     */
    StateView<Object, Object> state(OperatorId operator);

    /** Where the push stream of that id puts its records. */
    PushPort<?> pushPort(int streamId);
}
