package io.millrace.plan.sink;

import io.millrace.api.OutputGate;
import io.millrace.api.Time;
import io.millrace.api.function.VoidFunction2;
import java.util.Objects;

/** Hand each record of each batch to a user's body on the job thread, without building a list. */
public record ForeachRecordSpec(VoidFunction2<?, Time> body, OutputGate gate) implements SinkSpec {
    /**
     * The body may not be null.
     *
     * @throws IllegalArgumentException if the gate is {@link OutputGate#COMMITTED}
     */
    public ForeachRecordSpec {
        Objects.requireNonNull(body, "body of foreachRecord");
        BodyGate.require("foreachRecord", gate);
    }

    @Override
    public String name() {
        return "foreachRecord";
    }
}
