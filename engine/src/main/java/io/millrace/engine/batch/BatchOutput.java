package io.millrace.engine.batch;

import io.millrace.api.OutputGate;
import io.millrace.engine.physical.Stage;
import io.millrace.engine.sink.SinkDriver;
import io.millrace.plan.OperatorId;

/**
 * An output ready to run: whose it is, what it reads, and who does it.
 *
 * @param gate what it waits for where batches are kept
 */
public record BatchOutput(OperatorId id, Stage stage, boolean pairs, SinkDriver driver, OutputGate gate) {}
