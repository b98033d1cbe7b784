package io.millrace.engine.pipeline;

import io.millrace.api.function.Expression;
import io.millrace.api.function.Recognised;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.lane.PairWithLaneStep;
import io.millrace.engine.lane.TextFilterStep;
import io.millrace.engine.lane.TextSplitStep;
import io.millrace.engine.lane.TextWordsStep;
import io.millrace.engine.row.RowChain;
import io.millrace.engine.row.RowOperator;
import io.millrace.engine.task.ChunkSink;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanNode.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

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
        return open(steps, 0, sink);
    }

    private ChunkSink open(List<PlanNode> steps, int from, ChunkSink sink) {
        if (from == steps.size()) {
            return sink;
        }
        if (isLaneStep(steps.get(from))) {
            return laneStep(steps.get(from), open(steps, from + 1, sink), () -> generic(steps, from, sink));
        }
        int to = from;
        List<RowOperator> run = new ArrayList<>();
        while (to < steps.size() && !isLaneStep(steps.get(to))) {
            run.add(rowOperator(steps.get(to++)));
        }
        return RowChain.of(run, policy, open(steps, to, sink));
    }

    /** Every step from {@code from} on, row by row. */
    private ChunkSink generic(List<PlanNode> steps, int from, ChunkSink sink) {
        List<RowOperator> all = steps.subList(from, steps.size()).stream()
                .map(Pipelines::rowOperator)
                .toList();
        return RowChain.of(all, policy, sink);
    }

    private boolean isLaneStep(PlanNode step) {
        return policy.specialised()
                && functionOf(step) instanceof Recognised recognised
                && hasLaneLoop(step, recognised.expression());
    }

    private static boolean hasLaneLoop(PlanNode step, Expression expression) {
        if (expression instanceof Expression.Split split) {
            return split.separator() <= 0x7f && isPlainFlatMap(step);
        } else if (expression instanceof Expression.Words) {
            return isPlainFlatMap(step);
        } else if (expression instanceof Expression.PairWith) {
            return step instanceof PlanNode.RowMap map && map.shape() == Shape.PAIR;
        }
        return step instanceof PlanNode.RowFilter && expression instanceof Expression.Match;
    }

    private static boolean isPlainFlatMap(PlanNode step) {
        return step instanceof PlanNode.RowFlatMap flatMap && flatMap.shape() == Shape.ROW;
    }

    private static ChunkSink laneStep(PlanNode step, ChunkSink next, Supplier<ChunkSink> generic) {
        Expression expression = ((Recognised) functionOf(step)).expression();
        if (expression instanceof Expression.Split split) {
            return new TextSplitStep(split.separator(), next, generic);
        } else if (expression instanceof Expression.Words) {
            return new TextWordsStep(next, generic);
        } else if (expression instanceof Expression.PairWith pairWith) {
            return new PairWithLaneStep(pairWith.value(), next, generic);
        } else if (expression instanceof Expression.Match match) {
            return new TextFilterStep(match.place(), match.text(), next, generic);
        }
        throw new IllegalStateException("no lane loop for " + expression);
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

    private static Object functionOf(PlanNode step) {
        if (step instanceof PlanNode.RowMap map) {
            return map.function();
        } else if (step instanceof PlanNode.RowFilter filter) {
            return filter.function();
        } else if (step instanceof PlanNode.RowFlatMap flatMap) {
            return flatMap.function();
        }
        return null;
    }
}
