package io.millrace.examples;

import io.millrace.api.DStreamLike;
import io.millrace.api.StreamingContext;
import io.millrace.api.StreamingContextState;
import java.util.concurrent.atomic.AtomicInteger;

/** How an example that would run for ever ends: gracefully, so that all it received is counted. */
public final class Ending {
    private Ending() {}

    /**
     * Stops the stream's context once it has done {@code batches} batches; 0 is never. What was received by then makes
     * one more batch. Call it after the other outputs are defined: it counts in an output of its own, the last of each
     * batch.
     */
    public static void afterBatches(int batches, DStreamLike<?, ?, ?> stream) {
        if (batches > 0) {
            AtomicInteger left = new AtomicInteger(batches);
            stream.foreachRDD((rdd, time) -> {
                if (left.decrementAndGet() == 0) {
                    // On a thread of its own: a graceful stop waits for this very batch.
                    new Thread(() -> stream.context().stop(true, true), "stop").start();
                }
            });
        }
    }

    /** Stops the context when the process is asked to end, by Ctrl-C for example. */
    public static void atInterrupt(StreamingContext context) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopIfActive(context), "stop-at-exit"));
    }

    private static void stopIfActive(StreamingContext context) {
        if (context.getState() == StreamingContextState.ACTIVE) {
            context.stop(true, true);
        }
    }
}
