package io.millrace.api;

import io.millrace.conf.Settings;
import io.millrace.spi.StreamingRun;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The life of one context: initialized, active, stopped, and the run while it is active.
 *
 * <pre>
 *   INITIALIZED ──start──▶ ACTIVE ──stop, or the run's own end──▶ STOPPED
 *        └──stop, or a start that fails──────────────────────────▶ STOPPED
 * </pre>
 *
 * <p>Safe from several threads. The state becomes STOPPED at the very end of a stop, so that one that was interrupted can be
 * repeated.
 */
final class LifeCycle {
    private static final System.Logger LOG = System.getLogger(LifeCycle.class.getName());

    private final StreamingContext context;
    private final MillraceContext engine;
    private final Object monitor = new Object();
    private volatile StreamingContextState state = StreamingContextState.INITIALIZED;
    private volatile StreamingRun run;
    private volatile ShutdownHook hook;

    LifeCycle(StreamingContext context) {
        this.context = context;
        this.engine = context.millraceContext();
    }

    StreamingContextState state() {
        StreamingRun running = run;
        if (state == StreamingContextState.ACTIVE && running != null && running.hasEnded()) {
            ended();
        }
        return state;
    }

    /** The run, from the start on; null before. */
    StreamingRun run() {
        return run;
    }

    /**
     * Start, if this was not done before.
     *
     * @param startedAt the line of the program, for messages
     * @param begin checks the program and starts it
     */
    void start(StackTraceElement startedAt, Supplier<StreamingRun> begin) {
        synchronized (monitor) {
            switch (state()) {
                case ACTIVE -> LOG.log(System.Logger.Level.WARNING, "start(): this StreamingContext runs already");
                case STOPPED ->
                    throw new IllegalStateException(
                            "this StreamingContext has already been stopped; a new one can be made and started");
                case INITIALIZED -> {
                    ActiveContexts.claim(context, startedAt);
                    begin(begin);
                }
            }
        }
    }

    private void begin(Supplier<StreamingRun> begin) {
        try {
            run = begin.get();
            if (engine.conf(Settings.STOP_GRACEFULLY_ON_SHUTDOWN)) {
                hook = new ShutdownHook(() -> context.stop(false, true));
            }
            state = StreamingContextState.ACTIVE;
        } catch (RuntimeException | Error failure) {
            if (run != null) {
                run.stop(false); // it began, and no hook can be registered while the JVM ends
            }
            ended();
            throw failure;
        }
    }

    /** Stop the run; a context that was never started is stopped by that alone. Says so where there is nothing to stop. */
    void stop(boolean gracefully, boolean isRemarked) {
        StreamingRun running = runToStop(isRemarked);
        if (running != null) {
            running.stop(gracefully); // may take long, so without the monitor
            ended();
        }
    }

    /** The run, if there is one; a context without one is stopped by this. */
    private StreamingRun runToStop(boolean isRemarked) {
        if (Thread.holdsLock(monitor)) {
            throw new IllegalStateException("stop() inside start() of the same context; call it when start() is over");
        }
        synchronized (monitor) {
            if (isRemarked && state() != StreamingContextState.ACTIVE) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        state == StreamingContextState.STOPPED
                                ? "stop(): this StreamingContext has already been stopped"
                                : "stop(): this StreamingContext was never started");
            }
            if (run == null) {
                state = StreamingContextState.STOPPED;
            }
            return run;
        }
    }

    private void ended() {
        state = StreamingContextState.STOPPED;
        ActiveContexts.release(context);
        ShutdownHook registered = hook;
        if (registered != null) {
            registered.remove();
        }
    }

    boolean await(long timeoutMs) throws InterruptedException {
        StreamingRun running = run;
        if (running == null) {
            return state == StreamingContextState.STOPPED;
        }
        try {
            boolean ended = running.awaitTermination(timeoutMs);
            if (ended) {
                ended();
            }
            return ended;
        } catch (InterruptedException | RuntimeException rethrown) {
            throw rethrown;
        } catch (Exception failure) {
            throw new MillraceException(String.valueOf(failure.getMessage()), failure);
        }
    }

    Optional<StopReport> stopReport() {
        StreamingRun running = run;
        return running == null ? Optional.empty() : running.stopReport();
    }

    /** Refuses an addition to a program that runs or ran. */
    void checkDefining(String what) {
        if (state == StreamingContextState.ACTIVE) {
            throw new IllegalStateException("adding " + what + " after starting a context is not supported;"
                    + " define the program before start()");
        }
        if (state == StreamingContextState.STOPPED) {
            throw new IllegalStateException(
                    "adding " + what + " after stopping a context is not supported;" + " make a new StreamingContext");
        }
    }
}
