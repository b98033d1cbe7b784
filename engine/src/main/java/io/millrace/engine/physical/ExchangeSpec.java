package io.millrace.engine.physical;

import io.millrace.plan.Aggregator;
import io.millrace.plan.OperatorId;

/**
 * An aggregation between two stages.
 *
 * @param index its place in the plan
 * @param partitions of the result; 1 when {@code wholeBatch}
 * @param wholeBatch one row for the batch, instead of one per key
 */
public record ExchangeSpec(int index, OperatorId id, Stage input, Aggregator by, int partitions, boolean wholeBatch) {}
