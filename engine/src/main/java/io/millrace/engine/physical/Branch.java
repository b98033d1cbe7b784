package io.millrace.engine.physical;

import io.millrace.plan.PlanNode;
import java.util.List;

/** One input and the narrow operators that its rows pass through: maps, filters and flat maps, in order. */
public record Branch(StageInput input, List<PlanNode> steps) {
    /** Takes a copy of the list. */
    public Branch {
        steps = List.copyOf(steps);
    }
}
