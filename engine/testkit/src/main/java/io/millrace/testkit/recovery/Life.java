package io.millrace.testkit.recovery;

import io.millrace.api.Duration;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.MillraceException;
import io.millrace.api.StreamingContext;
import io.millrace.api.StreamingContextState;
import io.millrace.checkpoint.simulation.SimulatedCrash;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import io.millrace.engine.save.SavePorts;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.RememberedThreads;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** One process: an engine on a stepped clock, whose checkpoints are on a simulated disk. */
final class Life {
    private static final String DIRECTORY = "checkpoint-of-a-game";

    final StreamingContext context;
    private final RememberedThreads threads = new RememberedThreads();
    private final ProcessView process;
    private final LocalBackend backend;
    private boolean isLeftOpen;

    /**
     * @param workers threads besides the caller's; 0 for a life that is the same whenever it is lived
     * @param hasDiskThreads whether threads of their own wait for the disk; then no life is like another
     */
    Life(
            ProcessView process,
            ManualClock clock,
            SavePorts saves,
            int workers,
            boolean hasDiskThreads,
            long batchMs,
            Map<String, String> settings) {
        this.process = process;
        MillraceConf conf = new MillraceConf(false)
                .setMaster("local[" + workers + "]")
                .setAppName("game")
                .set("millrace.drive", "caller")
                .set("millrace.inlineRows", "0")
                .set("millrace.streaming.allowMultipleContexts", "true")
                .set("millrace.memory.maxBytes", "256m") // asking the machine takes longer than a batch
                .set("millrace.state.store", "resident")
                .set("millrace.checkpoint.reserveBytes", "0");
        new TreeMap<>(settings).forEach(conf::set);
        EnginePorts ports = new EnginePorts(
                clock,
                clock,
                threads,
                EnginePorts.ofSystem().sockets(),
                directory -> process.store(),
                saves,
                hasDiskThreads ? this::newDiskThread : null);
        backend = new LocalBackend(conf, ports);
        context = new StreamingContext(MillraceContext.on(backend, conf), new Duration(batchMs));
    }

    private Thread newDiskThread(Runnable waits) {
        return threads.newThread(() -> {
            try {
                waits.run();
            } catch (SimulatedCrash crashed) {
                // The process has ended, and whoever works finds out.
            }
        });
    }

    /** Start the program, on what the lives before have left. */
    void start(Consumer<StreamingContext> program) {
        StreamingContext.getOrCreate(DIRECTORY, () -> {
                    context.checkpoint(DIRECTORY);
                    program.accept(context);
                    return context;
                })
                .start();
        requireAlive();
    }

    /**
     * Do what is due.
     *
     * @param most so many pieces of it
     * @return whether that was all
     */
    boolean work(int most) throws Exception {
        int left = most;
        while (left > 0 && context.doWork() > 0) {
            left--;
        }
        requireAlive();
        requireWell();
        return left > 0;
    }

    /** A crash may have been told as a failure of the disk, or to another thread. */
    private void requireAlive() {
        if (hasCrashed()) {
            throw new SimulatedCrash("the process has ended");
        }
    }

    /** Throws what a batch has thrown; a batch that could not be published is no reason to end. */
    private void requireWell() throws Exception {
        try {
            context.awaitTerminationOrTimeout(0);
        } catch (MillraceException failed) {
            boolean isUnpublished = failed.getCause() instanceof SavedFiles.Unnamed
                    || failed.getMessage().startsWith("MR-1107");
            if (!isUnpublished || context.getState() != StreamingContextState.ACTIVE) {
                throw failed;
            }
        }
    }

    /**
     * Let another thread store, and do what it waits for.
     *
     * @param stuck is run whenever nothing is to be done and the thread still waits: time has to go on
     * @return whether the store returned
     */
    boolean store(Runnable stores, Runnable stuck) {
        AtomicReference<Throwable> refused = new AtomicReference<>();
        Thread thread = threads.newThread(() -> {
            try {
                stores.run();
            } catch (MillraceException notKept) {
                refused.set(notKept);
            }
        });
        thread.start();
        while (thread.isAlive()) {
            boolean wasWaiting = thread.getState() == Thread.State.WAITING; // so that the work below is for it
            if (context.doWork() == 0) {
                if (wasWaiting && thread.getState() == Thread.State.WAITING) {
                    stuck.run();
                }
                Thread.yield();
            }
        }
        return refused.get() == null;
    }

    /** Do all that is left, with no new input. */
    void stopGracefully() {
        stop(true);
        requireAlive();
    }

    private void stop(boolean isGraceful) {
        try {
            context.stop(true, isGraceful);
        } catch (SimulatedCrash crashed) {
            isLeftOpen = true; // an error thrown in the middle of closing
            throw crashed;
        }
    }

    /** No operation reaches the disk any more. */
    void end() {
        process.end();
    }

    /** Whether the disk has let the process crash. Whatever is thrown on the way out is then no more than that. */
    boolean hasCrashed() {
        return process.hasEnded();
    }

    /** Give back what an operating system would take. */
    void close() {
        stop(false);
        if (isLeftOpen) {
            return;
        }
        if (backend.ledger().usedBytes() != 0) {
            throw new AssertionError(backend.ledger().usedBytes() + " bytes are held off the heap");
        }
        threads.assertAllEnded();
    }
}
