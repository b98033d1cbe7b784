package io.millrace.api;

import io.millrace.api.function.Function0;

/** The guide's factory of contexts, kept so that old programs compile; a lambda for {@link Function0} does the same. */
public interface StreamingContextFactory extends Function0<StreamingContext> {
    /** A new context with its streams defined, not started. */
    StreamingContext create();

    @Override
    default StreamingContext call() {
        return create();
    }
}
