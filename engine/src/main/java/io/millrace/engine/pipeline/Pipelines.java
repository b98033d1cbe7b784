package io.millrace.engine.pipeline;

import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.lane.LaneOperator;
import io.millrace.engine.row.RowChain;
import io.millrace.engine.row.RowOperator;
import io.millrace.engine.task.ChunkSink;
import io.millrace.plan.PlanNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes the loops for a branch's operators: lane steps for recognised functions, and one row chain for each run of plain
 * ones. Safe from several threads; what it makes belongs to one.
 */
public final class Pipelines {
    private final LanePolicy policy;

    /** @param policy if it is not specialised, every function runs row by row over objects */
    public Pipelines(LanePolicy policy) {
        this.policy = policy;
    }

    /** The head of a pipeline that ends in {@code sink}. */
    public ChunkSink open(List<PlanNode> steps, ChunkSink sink) {
        return open(steps, 0, true, sink);
    }

    private ChunkSink open(List<PlanNode> steps, int from, boolean mayBeText, ChunkSink sink) {
        if (from == steps.size()) {
            return sink;
        }
        LaneOperator lane = laneFor(steps.get(from), mayBeText);
        if (lane != null) {
            ChunkSink next = open(steps, from + 1, mayBeText, sink);
            return lane.steps().open(next, () -> generic(steps, from, sink));
        }
        int to = from;
        List<RowOperator> run = new ArrayList<>();
        // A row chain gives no text as bytes, so a function that wants them does best within it.
        while (to < steps.size() && laneFor(steps.get(to), false) == null) {
            run.add(rowOperator(steps.get(to++)));
        }
        return RowChain.of(run, policy, open(steps, to, false, sink));
    }

    /**
     * How each step is run, as far as it can be told before there are rows: {@code lane} for a loop over a column, {@code rows}
     * for a function that is called row by row.
     */
    public String describe(List<PlanNode> steps) {
        StringBuilder text = new StringBuilder();
        boolean mayBeText = true;
        for (PlanNode step : steps) {
            boolean isLane = laneFor(step, mayBeText) != null;
            mayBeText &= isLane;
            text.append(text.isEmpty() ? "" : ", ").append(step.id()).append(isLane ? " (lane)" : " (rows)");
        }
        return text.toString();
    }

    /** Every step from {@code from} on, row by row. */
    private ChunkSink generic(List<PlanNode> steps, int from, ChunkSink sink) {
        List<RowOperator> all = steps.subList(from, steps.size()).stream()
                .map(Pipelines::rowOperator)
                .toList();
        return RowChain.of(all, policy, sink);
    }

    /** Null for an operator that runs row by row. */
    private LaneOperator laneFor(PlanNode step, boolean mayBeText) {
        LaneOperator lane = policy.specialised() ? LaneOperator.of(step) : null;
        return lane == null || lane.takesText() && !mayBeText ? null : lane;
    }

    private static RowOperator rowOperator(PlanNode step) {
        if (step instanceof PlanNode.RowMap map) {
            return RowOperator.of(map);
        } else if (step instanceof PlanNode.RowFilter filter) {
            return RowOperator.of(filter);
        } else if (step instanceof PlanNode.RowFlatMap flatMap) {
            return RowOperator.of(flatMap);
        }
        throw new IllegalStateException("'" + step.id() + "' is no narrow operator");
    }
}
