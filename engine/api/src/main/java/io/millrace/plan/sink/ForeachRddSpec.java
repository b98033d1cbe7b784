package io.millrace.plan.sink;

import io.millrace.api.Delivery;
import io.millrace.api.OutputGate;
import io.millrace.api.RDDLike;
import io.millrace.api.Time;
import io.millrace.api.function.VoidFunction3;
import java.util.Objects;

/** Hand each batch to a user's body as an RDD or pair RDD, once per batch, empty ones included. */
public record ForeachRddSpec(VoidFunction3<? extends RDDLike<?>, Time, Delivery> body, OutputGate gate)
        implements SinkSpec {
    /**
     * The body may not be null.
     *
     * @throws IllegalArgumentException if the gate is {@link OutputGate#COMMITTED}
     */
    public ForeachRddSpec {
        Objects.requireNonNull(body, "body of foreachRDD");
        BodyGate.require("foreachRDD", gate);
    }

    @Override
    public String name() {
        return "foreachRDD";
    }
}
