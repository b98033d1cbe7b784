package io.millrace.engine.physical;

import io.millrace.plan.PlanNode;
import java.util.List;

/** A plan cut into stages at its exchanges. Data only; an exchange's result is shared by all that read it. */
public record PhysicalPlan(List<PlanNode.Source> sources, List<ExchangeSpec> exchanges, List<OutputStage> outputs) {
    /** Takes copies of the lists. */
    public PhysicalPlan {
        sources = List.copyOf(sources);
        exchanges = List.copyOf(exchanges);
        outputs = List.copyOf(outputs);
    }
}
