package io.millrace.spi;

import io.millrace.api.Duration;
import io.millrace.api.listener.StreamingListener;
import io.millrace.plan.Plan;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/**
 * What a backend is to run.
 *
 * @param plan the program
 * @param batch how often there is a batch
 * @param remember how long a batch's datasets stay readable after it, at least; null for no longer than it runs
 * @param listeners who is told what happens; may grow and shrink while the run goes on, safe from several threads
 * @param localProperties what the starting thread had set on the context, for the tasks of this run
 * @param checkpoint where the run is kept; null for nowhere
 */
public record RunSpec(
        Plan plan,
        Duration batch,
        Duration remember,
        Collection<StreamingListener> listeners,
        Map<String, String> localProperties,
        CheckpointSpec checkpoint) {

    /** A run that leaves nothing behind. */
    public RunSpec(
            Plan plan,
            Duration batch,
            Duration remember,
            Collection<StreamingListener> listeners,
            Map<String, String> localProperties) {
        this(plan, batch, remember, listeners, localProperties, null);
    }

    /** Copies the properties; the listeners stay the caller's. */
    public RunSpec {
        Objects.requireNonNull(plan, "plan");
        Objects.requireNonNull(batch, "batch");
        Objects.requireNonNull(listeners, "listeners");
        localProperties = Map.copyOf(localProperties);
    }
}
