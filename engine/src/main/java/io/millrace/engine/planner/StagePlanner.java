package io.millrace.engine.planner;

import io.millrace.engine.physical.Branch;
import io.millrace.engine.physical.ExchangeSpec;
import io.millrace.engine.physical.OutputStage;
import io.millrace.engine.physical.PhysicalPlan;
import io.millrace.engine.physical.Stage;
import io.millrace.engine.physical.StageInput;
import io.millrace.plan.Aggregator;
import io.millrace.plan.OperatorId;
import io.millrace.plan.Plan;
import io.millrace.plan.PlanNode;
import io.millrace.plan.PlanVisitor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts a plan into stages at its exchanges. Narrow operators are appended to every branch that reaches them; what no output
 * reads is not planned at all.
 */
public final class StagePlanner implements PlanVisitor<Stage> {
    private final Plan plan;
    private final int defaultPartitions;
    private final Map<OperatorId, Stage> stages = new HashMap<>();
    private final List<ExchangeSpec> exchanges = new ArrayList<>();

    private StagePlanner(Plan plan, int defaultPartitions) {
        this.plan = plan;
        this.defaultPartitions = defaultPartitions;
    }

    /** @param defaultPartitions of exchanges whose program names no number */
    public static PhysicalPlan plan(Plan plan, int defaultPartitions) {
        StagePlanner planner = new StagePlanner(plan, defaultPartitions);
        List<OutputStage> outputs = new ArrayList<>();
        for (PlanNode.Output output : plan.outputs()) {
            outputs.add(new OutputStage(output, output.accept(planner)));
        }
        return new PhysicalPlan(plan.sources(), planner.exchanges, outputs);
    }

    private Stage stageOf(OperatorId id) {
        Stage planned = stages.get(id);
        if (planned == null) {
            planned = plan.node(id).accept(this);
            stages.put(id, planned);
        }
        return planned;
    }

    @Override
    public Stage source(PlanNode.Source node) {
        return reading(new StageInput.FromSource(node.streamId()));
    }

    @Override
    public Stage rowMap(PlanNode.RowMap node) {
        return appended(node.input(), node);
    }

    @Override
    public Stage rowFilter(PlanNode.RowFilter node) {
        return appended(node.input(), node);
    }

    @Override
    public Stage rowFlatMap(PlanNode.RowFlatMap node) {
        return appended(node.input(), node);
    }

    @Override
    public Stage union(PlanNode.Union node) {
        List<Branch> branches = new ArrayList<>();
        node.inputs().forEach(input -> branches.addAll(stageOf(input).branches()));
        return new Stage(branches);
    }

    @Override
    public Stage aggregate(PlanNode.Aggregate node) {
        int partitions = node.partitions() == 0 ? defaultPartitions : node.partitions();
        return exchanged(node.id(), node.input(), node.by(), partitions, false);
    }

    @Override
    public Stage fold(PlanNode.Fold node) {
        return exchanged(node.id(), node.input(), node.by(), 1, true);
    }

    @Override
    public Stage output(PlanNode.Output node) {
        return stageOf(node.input());
    }

    private Stage exchanged(OperatorId id, OperatorId input, Aggregator by, int partitions, boolean wholeBatch) {
        Stage before = stageOf(input);
        int index = exchanges.size();
        exchanges.add(new ExchangeSpec(index, id, before, by, partitions, wholeBatch));
        return reading(new StageInput.FromExchange(index));
    }

    private Stage appended(OperatorId input, PlanNode step) {
        List<Branch> branches = new ArrayList<>();
        for (Branch branch : stageOf(input).branches()) {
            List<PlanNode> steps = new ArrayList<>(branch.steps());
            steps.add(step);
            branches.add(new Branch(branch.input(), steps));
        }
        return new Stage(branches);
    }

    private static Stage reading(StageInput input) {
        return new Stage(List.of(new Branch(input, List.of())));
    }
}
