package io.millrace.engine.physical;

import io.millrace.plan.PlanNode;

/** An output and the stage whose rows it sees. */
public record OutputStage(PlanNode.Output output, Stage stage) {}
