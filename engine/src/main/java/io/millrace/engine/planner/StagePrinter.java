package io.millrace.engine.planner;

import io.millrace.api.function.Expression;
import io.millrace.api.function.Recognised;
import io.millrace.engine.physical.ExchangeSpec;
import io.millrace.engine.physical.OutputStage;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.engine.physical.Redistribution;
import io.millrace.engine.physical.Stage;
import io.millrace.engine.physical.StatefulSpec;
import io.millrace.engine.physical.TransformSpec;
import io.millrace.engine.pipeline.Pipelines;
import io.millrace.plan.Aggregator;
import io.millrace.plan.PlanNode;
import io.millrace.plan.StateMapping;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A physical plan as text: exchanges, transforms and outputs, a line each, and what each reads. Says of every operator how it is
 * run: in a lane, row by row, or over objects alone.
 */
public final class StagePrinter {
    private final Pipelines pipelines;
    private final PhysicalPlan plan;

    private StagePrinter(PhysicalPlan plan, Pipelines pipelines) {
        this.plan = plan;
        this.pipelines = pipelines;
    }

    /** The whole plan, each line ended by a newline. */
    public static String print(PhysicalPlan plan, Pipelines pipelines) {
        StagePrinter printer = new StagePrinter(plan, pipelines);
        StringBuilder text = new StringBuilder();
        for (ExchangeSpec spec : plan.exchanges()) {
            text.append("exchange ").append(spec.index()).append(", ").append(spec.id());
            text.append(": ").append(how(spec.how())).append("\n  reads ").append(printer.text(spec.input()));
            text.append('\n');
        }
        for (TransformSpec spec : plan.transforms()) {
            text.append("transform ")
                    .append(spec.index())
                    .append(", ")
                    .append(spec.node().id());
            text.append("\n  reads ")
                    .append(printer.texts(spec.inputs(), " and "))
                    .append('\n');
        }
        for (StatefulSpec spec : plan.stateful()) {
            String partitions = spec.partitions() == 0 ? "" : " in " + spec.partitions() + " partitions";
            text.append("state ")
                    .append(spec.index())
                    .append(", ")
                    .append(spec.node().id());
            text.append(partitions)
                    .append(held(spec.node()))
                    .append("\n  reads ")
                    .append(printer.text(spec.input()));
            text.append('\n');
        }
        for (OutputStage output : plan.outputs()) {
            text.append("output ").append(output.output().id());
            text.append("\n  reads ").append(printer.text(output.stage())).append('\n');
        }
        return text.toString();
    }

    /** How an operator holds what it remembers, where that depends on the function. */
    private static String held(PlanNode node) {
        if (node instanceof PlanNode.StateUpdate update) {
            return isRunning(update.function()) ? ", in lanes" : ", a call for each key, with objects";
        } else if (node instanceof PlanNode.StateMap map) {
            return map.mapping().call() instanceof StateMapping.Running
                    ? ", in lanes"
                    : ", a call for each record, with objects";
        }
        return ", in lanes";
    }

    private static boolean isRunning(Object function) {
        return function instanceof Recognised recognised && recognised.expression() instanceof Expression.Running;
    }

    private static String how(Redistribution how) {
        String partitions = how.partitions() + (how.partitions() == 1 ? " partition" : " partitions");
        if (how instanceof Redistribution.FoldByKey fold) {
            String values = fold.by() instanceof Aggregator.Combine ? "combiners as objects" : "values in lanes";
            return "folds by key, " + values + ", into " + partitions;
        } else if (how instanceof Redistribution.FoldAll) {
            return "folds the whole batch";
        } else if (how instanceof Redistribution.ShuffleByKey shuffle) {
            boolean isOwn = shuffle.partitioner() == null;
            return "shuffles by key " + (isOwn ? "" : "with " + shuffle.partitioner() + " ") + "into " + partitions;
        }
        return "deals out rows into " + partitions;
    }

    private String texts(List<Stage> stages, String between) {
        return stages.stream().map(this::text).collect(Collectors.joining(between));
    }

    private String text(Stage stage) {
        if (stage instanceof Stage.Source source) {
            return plan.sources().get(source.streamId()).id() + " (input " + source.streamId() + ")";
        } else if (stage instanceof Stage.Narrow narrow) {
            return text(narrow.input()) + " through "
                    + pipelines.describe(narrow.steps().nodes());
        } else if (stage instanceof Stage.ByPartition mapped) {
            return text(mapped.input()) + " through " + mapped.step().id() + " (objects)";
        } else if (stage instanceof Stage.Union union) {
            return "[" + texts(union.parts(), "; ") + "]";
        } else if (stage instanceof Stage.Exchanged from) {
            return "exchange " + from.exchange();
        } else if (stage instanceof Stage.Grouped grouped) {
            return text(grouped.input()) + " through " + grouped.id() + " (values as objects)";
        } else if (stage instanceof Stage.Matched matched) {
            return "[" + texts(List.of(matched.left(), matched.right()), "; ") + "] through " + matched.id()
                    + " (values as objects)";
        } else if (stage instanceof Stage.Transformed from) {
            return "transform " + from.transform();
        } else if (stage instanceof Stage.Stateful from) {
            return (from.states() ? "all keys of state " : "state ") + from.operator();
        }
        return "kept " + text(((Stage.Persisted) stage).input());
    }
}
