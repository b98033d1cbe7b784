package io.millrace.engine.physical;

import io.millrace.plan.OperatorId;

/**
 * What stands between two stages, because rows have to change partitions.
 *
 * @param index its place in the plan
 */
public record ExchangeSpec(int index, OperatorId id, Stage input, Redistribution how) {}
