package io.millrace.engine.checkpoint;

import io.millrace.api.DurableCounter;
import io.millrace.engine.save.Publication;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Function;
import org.agrona.concurrent.NanoClock;

/**
 * What a run's checkpoint is given from outside.
 *
 * @param clock for intervals
 * @param threads makes those that wait for the disk; null where the caller drives
 * @param wake called when something that waited for the disk is over
 * @param errors told of what could not be published, from the job thread
 * @param publications makes a publication of its description
 * @param counters of the program, by name
 */
public record CheckpointPorts(
        NanoClock clock,
        ThreadFactory threads,
        Runnable wake,
        Consumer<Throwable> errors,
        Function<String, Publication> publications,
        Map<String, DurableCounter> counters) {}
