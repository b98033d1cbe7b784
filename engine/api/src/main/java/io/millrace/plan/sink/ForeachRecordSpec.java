package io.millrace.plan.sink;

import io.millrace.api.Time;
import io.millrace.api.function.VoidFunction2;
import java.util.Objects;

/** Hand each record of each batch to a user's body on the job thread, without building a list. */
public record ForeachRecordSpec(VoidFunction2<?, Time> body) implements SinkSpec {
    /** The body may not be null. */
    public ForeachRecordSpec {
        Objects.requireNonNull(body, "body of foreachRecord");
    }

    @Override
    public String name() {
        return "foreachRecord";
    }
}
