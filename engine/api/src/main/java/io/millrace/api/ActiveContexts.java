package io.millrace.api;

import io.millrace.conf.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The contexts of this JVM that are started and have not ended. By default there is at most one, as programs and libraries written
 * for Spark expect; this list is the only static state of the interface. Safe from several threads.
 */
final class ActiveContexts {
    private static final List<Claim> CLAIMS = new ArrayList<>();

    private record Claim(StreamingContext context, StackTraceElement startedAt) {}

    private ActiveContexts() {}

    /**
     * Enter a context that is about to start.
     *
     * @throws IllegalStateException if another one is active and this one does not allow it; names where that was started
     */
    static synchronized void claim(StreamingContext context, StackTraceElement startedAt) {
        forgetEnded();
        boolean allowsOthers = context.millraceContext().conf(Settings.ALLOW_MULTIPLE_CONTEXTS);
        if (!allowsOthers && !CLAIMS.isEmpty()) {
            throw new IllegalStateException(
                    "Only one StreamingContext may be started per JVM, and one is active that was"
                            + " started at " + CLAIMS.get(0).startedAt() + "; stop that one, or set "
                            + Settings.ALLOW_MULTIPLE_CONTEXTS.key() + "=true for this one");
        }
        CLAIMS.add(new Claim(context, startedAt));
    }

    /** The context has ended, or was not started after all. */
    static synchronized void release(StreamingContext context) {
        CLAIMS.removeIf(claim -> claim.context() == context);
    }

    /** The one that was started last. */
    static synchronized Optional<StreamingContext> latest() {
        forgetEnded();
        return List.copyOf(CLAIMS).stream()
                .map(Claim::context)
                .filter(context -> context.getState() == StreamingContextState.ACTIVE)
                .reduce((earlier, later) -> later);
    }

    /** A context that ended by itself finds that out, and releases its claim, when it is asked for its state. */
    private static void forgetEnded() {
        List.copyOf(CLAIMS).forEach(claim -> claim.context().getState());
    }
}
