package io.millrace.plan.sink;

import io.millrace.api.RDDLike;
import io.millrace.api.Time;
import io.millrace.api.function.VoidFunction2;
import java.util.Objects;

/** Hand each batch to a user's body as an RDD or pair RDD, once per batch, empty ones included. */
public record ForeachRddSpec(VoidFunction2<? extends RDDLike<?>, Time> body) implements SinkSpec {
    /** The body may not be null. */
    public ForeachRddSpec {
        Objects.requireNonNull(body, "body of foreachRDD");
    }

    @Override
    public String name() {
        return "foreachRDD";
    }
}
