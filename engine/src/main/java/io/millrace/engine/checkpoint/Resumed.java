package io.millrace.engine.checkpoint;

import io.millrace.engine.schedule.BatchPlan;
import io.millrace.engine.schedule.ResumedGrid;
import java.util.List;

/**
 * Where a run goes on.
 *
 * @param grid null if nothing was there
 * @param pending batches that were planned and not committed, to be run first, in order
 */
public record Resumed(ResumedGrid grid, List<BatchPlan> pending) {}
