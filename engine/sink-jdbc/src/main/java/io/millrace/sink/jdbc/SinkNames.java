package io.millrace.sink.jdbc;

import io.millrace.api.MillraceContext;
import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Who used which name last, by engine: two outputs of one name would each take the other's row for its own, and leave out its
 * batches. Safe from several threads.
 */
final class SinkNames {
    private static final String OUTPUT_ID = "millrace.streaming.internal.outputOpId";

    /** Engines that nobody holds any more take their names with them. */
    private static final Map<MillraceContext, Map<String, Use>> USES = new WeakHashMap<>();

    private record Use(long batchTimeMs, String output) {}

    private SinkNames() {}

    /**
     * Use a name in a batch. Only another output in the same batch is refused: a program that is made anew on the same engine may
     * have its outputs in another order.
     *
     * @throws JdbcSinkException if another output of the engine wrote this batch under that name
     */
    static void use(MillraceContext engine, String sink, long batchTimeMs) {
        String output = engine.getLocalProperty(OUTPUT_ID);
        if (output == null) {
            return; // not called by a stream
        }
        Use use = new Use(batchTimeMs, output);
        Use before;
        synchronized (USES) {
            before = USES.computeIfAbsent(engine, none -> new HashMap<>()).put(sink, use);
        }
        if (before != null
                && before.batchTimeMs() == batchTimeMs
                && !before.output().equals(output)) {
            throw new JdbcSinkException(
                    sink,
                    batchTimeMs,
                    "outputs " + before.output() + " and " + output
                            + " of the program have this name; give each JdbcSink a name of its own",
                    null);
        }
    }
}
