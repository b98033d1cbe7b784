package io.millrace.plan;

import io.millrace.api.Duration;
import io.millrace.api.RDDLike;
import io.millrace.api.StateOptions;
import io.millrace.api.function.Function2;
import io.millrace.api.function.Function3;
import io.millrace.api.function.Function4;

/**
 * What {@code mapWithState} does with each record.
 *
 * @param call the program's function
 * @param initial states to begin with, a dataset of pairs; null for none
 * @param timeout after which a key without data is called for a last time; null for never
 */
public record StateMapping(Call call, RDDLike<?> initial, Duration timeout, StateOptions options) {
    /** How the program's function is called. */
    public sealed interface Call {
        /** The function itself, for messages. */
        Object function();
    }

    /** With time, key, value and state; gives an {@code Optional}. */
    public record Timed(Function4<?, ?, ?, ?, ?> function) implements Call {}

    /** With key, value and state; gives the record that comes out. */
    public record Plain(Function3<?, ?, ?, ?> function) implements Call {}

    /** With state and value, where there is a state; gives the new state, which comes out with its key. */
    public record Running(Function2<?, ?, ?> function) implements Call {}
}
