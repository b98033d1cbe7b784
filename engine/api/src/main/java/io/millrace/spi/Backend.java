package io.millrace.spi;

import io.millrace.api.CheckpointComparison;
import io.millrace.api.MillraceContext;
import io.millrace.api.MissingJvmFlagsException;
import io.millrace.plan.Plan;
import java.util.List;

/**
 * Something that runs plans. One backend belongs to one {@link MillraceContext}, the {@code owner} that its datasets
 * name, and owns its threads and memory.
 */
public interface Backend extends AutoCloseable {
    /** How many partitions an exchange has when the program names no number. */
    int defaultParallelism();

    /** The time by the clock that batch times are read from: milliseconds since the epoch. */
    long timeMs();

    /** What of this plan the backend cannot run, by operator name; empty when it can run all of it. */
    List<String> unsupported(Plan plan);

    /** How the backend would run a plan, as text for people. */
    String explain(Plan plan);

    /**
     * Start running a plan. Returns when sources are started; batches follow on the backend's own threads, or by
     * {@link StreamingRun#doWork()} where the caller drives.
     */
    StreamingRun start(MillraceContext owner, RunSpec spec);

    /**
     * What would become of a checkpoint if this were started. Changes nothing, and may be asked while another process has the directory.
     *
     * @param spec with a checkpoint
     * @throws UnsupportedOperationException if this backend keeps none
     */
    default CheckpointComparison compare(MillraceContext owner, RunSpec spec) {
        throw new UnsupportedOperationException("this backend keeps no checkpoints, so there is nothing to compare");
    }

    /**
     * A program defines an operator that remembers something by key; said for each, before the start.
     *
     * @param operator its kind, for messages
     * @throws MissingJvmFlagsException if the state cannot be kept as the configuration says in this JVM
     */
    void prepareState(String operator);

    /** What makes datasets; they name this context as theirs. Cheap. */
    Datasets datasets(MillraceContext owner);

    /** When the backend was made, milliseconds since the epoch. */
    long startTimeMs();

    /**
     * Stop what runs, end the threads, free the memory. Closing twice is harmless, from several threads too.
     *
     * @throws IllegalStateException if called by what this would wait for, such as an output; closing again must then
     *     work
     */
    @Override
    void close();
}
