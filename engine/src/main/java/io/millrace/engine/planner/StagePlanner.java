package io.millrace.engine.planner;

import io.millrace.api.HashPartitioner;
import io.millrace.api.Partitioner;
import io.millrace.api.StorageLevel;
import io.millrace.api.function.Expression;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Recognised;
import io.millrace.engine.physical.ExchangeSpec;
import io.millrace.engine.physical.OutputStage;
import io.millrace.engine.physical.PartitionStep;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.engine.physical.Redistribution;
import io.millrace.engine.physical.Stage;
import io.millrace.engine.physical.StatefulSpec;
import io.millrace.engine.physical.TransformSpec;
import io.millrace.plan.Aggregator;
import io.millrace.plan.OperatorId;
import io.millrace.plan.Partitioning;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanVisitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a plan into stages at its exchanges. What no output reads is not planned at all; keyed inputs that the program's
 * partitioner has already spread alike are not exchanged again.
 */
public final class StagePlanner implements PlanVisitor<Stage> {
    private final Plan plan;
    private final int defaultPartitions;
    private final long batchMs;
    private final Map<OperatorId, Stage> stages = new HashMap<>();
    private final List<ExchangeSpec> exchanges = new ArrayList<>();
    private final List<TransformSpec> transforms = new ArrayList<>();
    private final List<StatefulSpec> stateful = new ArrayList<>();
    private int persisted;

    private StagePlanner(Plan plan, int defaultPartitions, long batchMs) {
        this.plan = plan;
        this.batchMs = batchMs;
        this.defaultPartitions = defaultPartitions;
    }

    /**
     * Cut a plan.
     *
     * @param defaultPartitions of exchanges whose program names no number
     * @param batchMs how often there is a batch, milliseconds
     */
    public static PhysicalPlan plan(Plan plan, int defaultPartitions, long batchMs) {
        StagePlanner planner = new StagePlanner(plan, defaultPartitions, batchMs);
        List<OutputStage> outputs = new ArrayList<>();
        for (PlanNode.Output output : plan.outputs()) {
            outputs.add(new OutputStage(output, output.accept(planner)));
        }
        Map<OperatorId, Long> slides = new HashMap<>();
        plan.nodes().forEach(node -> slides.put(node.id(), plan.slideMs(node.id(), batchMs)));
        return new PhysicalPlan(
                plan.sources(),
                planner.exchanges,
                planner.transforms,
                planner.stateful,
                planner.persisted,
                outputs,
                planner.stages,
                slides);
    }

    private Stage stageOf(OperatorId id) {
        Stage planned = stages.get(id);
        if (planned == null) {
            planned = kept(id, plan.node(id).accept(this));
            stages.put(id, planned);
        }
        return planned;
    }

    private Stage kept(OperatorId id, Stage stage) {
        StorageLevel level = plan.persisted().getOrDefault(id, StorageLevel.NONE);
        return level.useMemory() || level.useDisk() ? new Stage.Persisted(persisted++, stage) : stage;
    }

    @Override
    public Stage source(PlanNode.Source node) {
        return new Stage.Source(node.streamId());
    }

    @Override
    public Stage rowMap(PlanNode.RowMap node) {
        return stageOf(node.input()).then(node);
    }

    @Override
    public Stage rowFilter(PlanNode.RowFilter node) {
        return stageOf(node.input()).then(node);
    }

    @Override
    public Stage rowFlatMap(PlanNode.RowFlatMap node) {
        return stageOf(node.input()).then(node);
    }

    @Override
    public Stage partitionMap(PlanNode.PartitionMap node) {
        return new Stage.ByPartition(stageOf(node.input()), PartitionStep.of(node));
    }

    @Override
    public Stage repartition(PlanNode.Repartition node) {
        return exchanged(node.id(), stageOf(node.input()), new Redistribution.DealOut(node.partitions()));
    }

    @Override
    public Stage union(PlanNode.Union node) {
        List<Stage> parts = new ArrayList<>();
        for (OperatorId input : node.inputs()) {
            Stage part = stageOf(input);
            if (part instanceof Stage.Union union) {
                parts.addAll(union.parts());
            } else {
                parts.add(part);
            }
        }
        return parts.size() == 1 ? parts.get(0) : new Stage.Union(parts);
    }

    @Override
    public Stage aggregate(PlanNode.Aggregate node) {
        Partitioning wanted = node.partitioning();
        if (node.by() instanceof Aggregator.Group) {
            return new Stage.Grouped(node.id(), byKey(node.id(), node.input(), wanted));
        }
        return exchanged(
                node.id(),
                stageOf(node.input()),
                new Redistribution.FoldByKey(node.by(), partitions(wanted), wanted.partitioner()));
    }

    @Override
    public Stage fold(PlanNode.Fold node) {
        return exchanged(node.id(), stageOf(node.input()), new Redistribution.FoldAll(node.by()));
    }

    @Override
    public Stage cogroup(PlanNode.Cogroup node) {
        return new Stage.Matched(
                node.id(),
                byKey(node.id(), node.left(), node.partitioning()),
                byKey(node.id(), node.right(), node.partitioning()),
                node.match());
    }

    @Override
    public Stage batchTransform(PlanNode.BatchTransform node) {
        List<Stage> inputs = node.inputs().stream().map(this::stageOf).toList();
        int index = transforms.size();
        transforms.add(new TransformSpec(index, node, inputs));
        return new Stage.Transformed(index);
    }

    @Override
    public Stage window(PlanNode.Window node) {
        return stateful(node, node.input(), stageOf(node.input()), 0, null);
    }

    @Override
    public Stage windowAggregate(PlanNode.WindowAggregate node) {
        return stateful(
                node, node.input(), folded(node, node.input(), node.merge(), node.partitioning()), node.partitioning());
    }

    @Override
    public Stage stateUpdate(PlanNode.StateUpdate node) {
        Partitioning lasting = lasting(node.partitioning());
        boolean isRunning = node.function() instanceof Recognised recognised
                && recognised.expression() instanceof Expression.Running;
        Stage input = isRunning
                ? folded(node, node.input(), runningMerge(node), node.partitioning())
                : new Stage.Grouped(node.id(), byKey(node.id(), node.input(), lasting));
        return stateful(node, node.input(), input, node.partitioning());
    }

    private static Function2<?, ?, ?> runningMerge(PlanNode.StateUpdate node) {
        return ((Expression.Running) ((Recognised) node.function()).expression()).merge();
    }

    @Override
    public Stage stateMap(PlanNode.StateMap node) {
        Stage input = byKey(node.id(), node.input(), lasting(node.partitioning()));
        Stage.Stateful keyed = stateful(node, node.input(), input, node.partitioning());
        return new Stage.Stateful(keyed.operator(), false, null);
    }

    @Override
    public Stage stateSnapshots(PlanNode.StateSnapshots node) {
        int operator = operatorOf(stageOf(node.input()));
        return new Stage.Stateful(operator, true, stateful.get(operator).partitioner());
    }

    private static int operatorOf(Stage stage) {
        return stage instanceof Stage.Persisted kept ? operatorOf(kept.input()) : ((Stage.Stateful) stage).operator();
    }

    /** One row per key and batch, where the key's state is. */
    private Stage folded(PlanNode node, OperatorId input, Function2<?, ?, ?> merge, Partitioning wanted) {
        Partitioner partitioner = lasting(wanted).partitioner();
        Redistribution how =
                new Redistribution.FoldByKey(new Aggregator.Reduce(merge), partitioner.numPartitions(), partitioner);
        return exchanged(node.id(), stageOf(input), how);
    }

    private Stage.Stateful stateful(PlanNode node, OperatorId from, Stage input, Partitioning wanted) {
        Partitioner partitioner = lasting(wanted).partitioner();
        return stateful(node, from, input, partitioner.numPartitions(), partitioner);
    }

    private Stage.Stateful stateful(
            PlanNode node, OperatorId from, Stage input, int partitions, Partitioner partitioner) {
        int index = stateful.size();
        stateful.add(new StatefulSpec(index, node, input, plan.slideMs(from, batchMs), partitions, partitioner));
        return new Stage.Stateful(index, false, partitioner);
    }

    /**
     * Partitions in which keys stay for as long as the run lasts, so that they must not depend on how keys happen to be held: by
     * {@code hashCode}, unless the program says otherwise.
     */
    private Partitioning lasting(Partitioning wanted) {
        return wanted.partitioner() != null ? wanted : Partitioning.by(new HashPartitioner(partitions(wanted)));
    }

    @Override
    public Stage output(PlanNode.Output node) {
        return stageOf(node.input());
    }

    /** An operator's rows in the partitions of their keys. */
    private Stage byKey(OperatorId id, OperatorId input, Partitioning wanted) {
        Stage rows = stageOf(input);
        Partitioner partitioner = wanted.partitioner();
        if (partitioner != null && partitioner.equals(rows.partitioner(exchanges))) {
            return rows;
        }
        return exchanged(id, rows, new Redistribution.ShuffleByKey(partitions(wanted), partitioner));
    }

    private int partitions(Partitioning wanted) {
        return wanted.partitions() == 0 ? defaultPartitions : wanted.partitions();
    }

    private Stage exchanged(OperatorId id, Stage input, Redistribution how) {
        int index = exchanges.size();
        exchanges.add(new ExchangeSpec(index, id, input, how));
        return new Stage.Exchanged(index);
    }
}
