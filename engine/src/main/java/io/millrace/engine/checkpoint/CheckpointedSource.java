package io.millrace.engine.checkpoint;

import io.millrace.engine.schedule.BatchInput;

/**
 * A source of a run that is kept.
 *
 * @param id its name in the plan
 * @param input the source; the starting thread's until it is started
 * @param ledger the same source, never started, that knows of what was planned alone: the input itself may be batches ahead
 */
public record CheckpointedSource(String id, BatchInput input, BatchInput ledger) {}
