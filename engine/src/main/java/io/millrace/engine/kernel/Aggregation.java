package io.millrace.engine.kernel;

import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.plan.Aggregator;
import io.millrace.plan.OperatorId;

/**
 * The two halves of an aggregation: how workers fold rows, and how the partial results of several workers are folded.
 */
public record Aggregation(Folding ofRows, Folding ofPartials) {
    /** Values and partial results are of one kind. */
    public static Aggregation of(OperatorId operator, Aggregator.Reduce by, LanePolicy policy) {
        Merging merging = new Merging(new OperatorFunction(operator, by.merge()), policy);
        return new Aggregation(merging, merging);
    }

    /** Partial results are combiners, which are held as objects. */
    public static Aggregation of(OperatorId operator, Aggregator.Combine by, LanePolicy policy) {
        return new Aggregation(
                new Combining(new OperatorFunction(operator, by), policy),
                new Merging(new OperatorFunction(operator, by.mergeCombiners()), policy));
    }
}
