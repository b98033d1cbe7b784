package io.millrace.campaign;

import io.millrace.api.Duration;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.StreamingContext;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.RememberedThreads;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** One process, in this JVM: an engine on a stepped clock. One thread. */
final class SteppedLife {
    private static final String DIRECTORY = "checkpoint-of-a-life";

    /** More than any work that ends. */
    private static final int MOST_STEPS = 1_000_000;

    private final RememberedThreads threads = new RememberedThreads();
    private final ManualClock clock;
    private final LocalBackend backend;
    private final StreamingContext context;

    /** @param store the files of its checkpoint */
    SteppedLife(ManualClock clock, FileStore store, Map<String, String> settings) {
        this.clock = clock;
        MillraceConf conf = new MillraceConf(false)
                .setMaster("local[1]")
                .setAppName("stepped")
                .set("millrace.drive", "caller")
                .set("millrace.streaming.failurePolicy", "stop")
                .set("millrace.streaming.allowMultipleContexts", "true")
                .set("millrace.state.store", "resident")
                .set("millrace.checkpoint.reserveBytes", "64k");
        new TreeMap<>(settings).forEach(conf::set);
        EnginePorts ports =
                new EnginePorts(clock, clock, threads, EnginePorts.ofSystem().sockets(), directory -> store);
        backend = new LocalBackend(conf, ports);
        context = new StreamingContext(MillraceContext.on(backend, conf), new Duration(Topology.BATCH_MS));
    }

    /** Start a program on what the lives before have left, and do what is due. */
    void start(Consumer<StreamingContext> program) throws Exception {
        StreamingContext.getOrCreate(DIRECTORY, () -> {
                    context.checkpoint(DIRECTORY);
                    program.accept(context);
                    return context;
                })
                .start();
        work();
    }

    /** Go on to the next tick, and do what is due then. */
    void batch() throws Exception {
        clock.advanceTo((clock.time() / Topology.BATCH_MS + 1) * Topology.BATCH_MS);
        work();
    }

    private void work() throws Exception {
        int steps = 0;
        while (context.doWork() > 0) {
            if (++steps > MOST_STEPS) {
                throw new AssertionError("the engine goes on without an end");
            }
        }
        context.awaitTerminationOrTimeout(0); // throws what a batch has thrown
    }

    /** Do all that is left, with no new input. */
    void stopGracefully() {
        context.stop(true, true);
    }

    /**
     * Give back what an operating system would take.
     *
     * @throws AssertionError if memory is held or a thread lives on
     */
    void close() {
        context.stop(true, false);
        if (backend.ledger().usedBytes() != 0) {
            throw new AssertionError(backend.ledger().usedBytes() + " bytes are held off the heap");
        }
        threads.assertAllEnded();
    }
}
