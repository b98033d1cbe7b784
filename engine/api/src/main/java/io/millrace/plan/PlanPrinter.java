package io.millrace.plan;

import java.util.List;
import java.util.Locale;

/** A plan as text, one operator a line: its name, what it reads, and what it does. For people and for tests. */
public final class PlanPrinter implements PlanVisitor<String> {
    private PlanPrinter() {}

    /** The whole plan, in creation order, each line ended by a newline. */
    public static String print(Plan plan) {
        PlanPrinter printer = new PlanPrinter();
        StringBuilder text = new StringBuilder();
        plan.nodes().forEach(node -> text.append(node.accept(printer)).append('\n'));
        return text.toString();
    }

    @Override
    public String source(PlanNode.Source node) {
        return line(node, "source " + node.spec().name() + " of " + node.spec().recordType());
    }

    @Override
    public String rowMap(PlanNode.RowMap node) {
        return line(node, "map " + shape(node.shape()) + nameOf(node.function()));
    }

    @Override
    public String rowFilter(PlanNode.RowFilter node) {
        return line(node, "filter " + nameOf(node.function()));
    }

    @Override
    public String rowFlatMap(PlanNode.RowFlatMap node) {
        return line(node, "flatMap " + shape(node.shape()) + nameOf(node.function()));
    }

    @Override
    public String partitionMap(PlanNode.PartitionMap node) {
        return line(node, "map partitions " + shape(node.shape()) + nameOf(node.function()));
    }

    @Override
    public String repartition(PlanNode.Repartition node) {
        return line(node, "repartition into " + node.partitions() + " partitions");
    }

    @Override
    public String union(PlanNode.Union node) {
        return line(node, "union");
    }

    @Override
    public String aggregate(PlanNode.Aggregate node) {
        return line(node, "by key " + nameOf(node.by()) + spread(node.partitioning()));
    }

    @Override
    public String fold(PlanNode.Fold node) {
        return line(node, "whole batch " + nameOf(node.by()));
    }

    @Override
    public String cogroup(PlanNode.Cogroup node) {
        String match = node.match().name().toLowerCase(Locale.ROOT).replace('_', ' ');
        return line(node, "match by key, " + match + spread(node.partitioning()));
    }

    @Override
    public String batchTransform(PlanNode.BatchTransform node) {
        return line(node, "transform " + (node.pairs() ? "to pair " : "") + "by a function of the batch's datasets");
    }

    @Override
    public String window(PlanNode.Window node) {
        return line(node, "window " + node.span());
    }

    @Override
    public String windowAggregate(PlanNode.WindowAggregate node) {
        String inverse = node.inverse() == null ? "" : ", inverse " + nameOf(node.inverse());
        String filter = node.filter() == null ? "" : ", filter " + nameOf(node.filter());
        String how = " reduce " + nameOf(node.merge()) + inverse + filter;
        return line(node, "by key, window " + node.span() + how + spread(node.partitioning()));
    }

    @Override
    public String stateUpdate(PlanNode.StateUpdate node) {
        String what = "state by key" + node.options() + initial(node.initial());
        return line(node, what + ", update " + nameOf(node.function()) + spread(node.partitioning()));
    }

    @Override
    public String stateMap(PlanNode.StateMap node) {
        StateMapping mapping = node.mapping();
        String timeout = mapping.timeout() == null ? "" : ", time-out " + mapping.timeout();
        String what = "state by key" + mapping.options() + initial(mapping.initial()) + timeout;
        String function = nameOf(mapping.call().function());
        return line(node, what + ", map " + function + spread(node.partitioning()));
    }

    @Override
    public String stateSnapshots(PlanNode.StateSnapshots node) {
        return line(node, "states of all keys");
    }

    private static String initial(Object dataset) {
        return dataset == null ? "" : " with initial states";
    }

    @Override
    public String output(PlanNode.Output node) {
        return line(node, "output " + node.sink().name());
    }

    private static String line(PlanNode node, String what) {
        List<OperatorId> inputs = node.inputs();
        return node.id() + (inputs.isEmpty() ? "" : " <- " + inputs) + ": " + what;
    }

    private static String shape(PlanNode.Shape shape) {
        return switch (shape) {
            case ROW -> "";
            case PAIR -> "to pair ";
            case VALUE -> "value ";
        };
    }

    private static String nameOf(Aggregator by) {
        if (by instanceof Aggregator.Reduce reduce) {
            return "reduce " + nameOf(reduce.merge());
        }
        if (by instanceof Aggregator.Combine combine) {
            return "combine " + nameOf(combine.create());
        }
        return by instanceof Aggregator.Group ? "group" : "count";
    }

    private static String spread(Partitioning partitioning) {
        return partitioning.equals(Partitioning.DEFAULT) ? "" : " " + partitioning;
    }

    private static String nameOf(Object function) {
        return function.getClass().isHidden() || function.getClass().isSynthetic() ? "lambda" : function.toString();
    }
}
