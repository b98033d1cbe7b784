package io.millrace.engine.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;

/**
 * The one control thread: cuts blocks, plans a batch at each tick, and brings a run to its end. Of what is received it moves names,
 * never bytes, and no function of an operator or output runs here. What does, at a tick, is what an input needs to tell its
 * share: a file stream lists directories, calls the program's filter and reads the first KB of the files it chose; a queue stream calls the
 * program's queue. A slow one makes the tick late; one that throws is reported and gives nothing.
 *
 * <p>Duty cycle: {@link #doWork}; between cycles it may sleep for {@link #idleNanos}.
 */
public final class BatchConductor {
    private enum Phase {
        RUNNING,
        ENDING_SOURCES,
        ENDING_BATCHES,
        ENDED
    }

    /** What is asked of it from other threads. */
    private enum Stop {
        NO,
        GRACEFUL,
        NOW
    }

    private static final System.Logger LOG = System.getLogger(BatchConductor.class.getName());
    private static final int MOST_WAITING = 4_096;
    private static final long RESTING_POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long ENDING_POLL_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

    private final List<BatchInput> inputs;
    private final BatchQueue queue;
    private final ConductorConfig config;
    private final BatchClock batchClock;
    private final EpochNanoClock epochClock;
    private final NanoClock nanoClock;
    private final Consumer<Throwable> errors;
    private final long zeroMs;
    private final long cutNanos;
    private long nextCutNanos;
    private long endingSinceNanos;
    private boolean wasResting;
    private List<String> unendedSources = List.of();
    private volatile long coalescedBatches;
    private volatile Phase phase = Phase.RUNNING;
    private volatile Stop stop = Stop.NO;

    /**
     * A conductor whose grid begins now.
     *
     * @param errors told of what went wrong while a batch was planned
     */
    public BatchConductor(
            List<BatchInput> inputs,
            BatchQueue queue,
            ConductorConfig config,
            EpochNanoClock epochClock,
            NanoClock nanoClock,
            Consumer<Throwable> errors) {
        this(inputs, queue, config, epochClock, nanoClock, errors, null);
    }

    /**
     * A conductor that goes on with a grid.
     *
     * @param resumed where; null for a grid that begins now
     */
    public BatchConductor(
            List<BatchInput> inputs,
            BatchQueue queue,
            ConductorConfig config,
            EpochNanoClock epochClock,
            NanoClock nanoClock,
            Consumer<Throwable> errors,
            ResumedGrid resumed) {
        this.inputs = List.copyOf(inputs);
        this.queue = queue;
        this.config = config;
        this.batchClock = new BatchClock(epochClock, config.batchMs());
        this.zeroMs = resumed == null ? batchClock.nextMs() - config.batchMs() : resumed.zeroMs();
        if (resumed != null) {
            batchClock.resume(resumed);
            tellOfClockBehind();
        }
        this.epochClock = epochClock;
        this.nanoClock = nanoClock;
        this.errors = errors;
        this.cutNanos = TimeUnit.MILLISECONDS.toNanos(config.cutIntervalMs());
        this.nextCutNanos = epochClock.nanoTime() + cutNanos;
    }

    private void tellOfClockBehind() {
        long behindMs = TimeUnit.NANOSECONDS.toMillis(batchClock.nanosUntilNext()) - config.batchMs();
        if (behindMs > 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "MR-1301: the clock is {0} ms behind the last batch of the run before; batch times never go back, so the next"
                            + " batch comes at {1} ms since the epoch; set the clock right if that is too late",
                    Long.toString(behindMs),
                    Long.toString(batchClock.nextMs()));
        }
    }

    /** One duty cycle; how much was done. */
    public int doWork() {
        if (phase == Phase.ENDED) {
            return 0;
        }
        if (phase == Phase.RUNNING && isResting()) {
            return end();
        }
        int work = 0;
        for (BatchInput input : inputs) {
            work += input.doWork();
        }
        if (phase == Phase.RUNNING) {
            work += cutAndTick();
        }
        return work + end();
    }

    /** While batches cannot be kept no source is asked for anything, so that those who send to it wait; and no batch is planned. */
    private boolean isResting() {
        boolean rests = queue.isResting();
        if (wasResting && !rests) {
            batchClock.resume(config.missed());
        }
        wasResting = rests;
        return rests;
    }

    private int cutAndTick() {
        int work = 0;
        while (batchClock.isDue() && !isQueueFull()) {
            work++;
            if (mayCoalesce()) {
                batchClock.advance();
                coalescedBatches = coalescedBatches + 1; // one writer
            } else {
                plan(batchClock.advance());
            }
        }
        long now = epochClock.nanoTime();
        if (now >= nextCutNanos) {
            inputs.forEach(BatchInput::cut);
            nextCutNanos = Math.max(nextCutNanos + cutNanos, now);
            work++;
        }
        return work;
    }

    /** A long backlog is planned as it is worked off, not at once. */
    private boolean isQueueFull() {
        return queue.waiting() >= MOST_WAITING;
    }

    private boolean mayCoalesce() {
        return config.coalesceLateBatches() && (batchClock.isLate() || queue.waiting() > 0);
    }

    /** The shares of a batch are its own once it is queued; until then every way out releases them. */
    private void plan(long timeMs) {
        List<BatchInput.Taken> taken = new ArrayList<>(inputs.size());
        boolean isQueued = false;
        try {
            for (BatchInput input : inputs) {
                taken.add(take(input, timeMs));
            }
            queue.add(new BatchPlan(zeroMs, timeMs, taken));
            isQueued = true;
        } finally {
            if (!isQueued) {
                taken.forEach(share -> share.release().run());
            }
        }
        nextCutNanos = epochClock.nanoTime() + cutNanos;
    }

    /**
     * A source that cannot give its share is reported and gives nothing; the batch goes on with the others. An error of the
     * program's filter or queue is no worse than an exception, and the next batch asks again.
     */
    private BatchInput.Taken take(BatchInput input, long batchTimeMs) {
        try {
            return input.take(batchTimeMs);
        } catch (Throwable failed) {
            errors.accept(failed);
            return BatchInput.Taken.NOTHING;
        }
    }

    private int end() {
        if (stop == Stop.NOW) {
            phase = Phase.ENDED;
            return 1;
        }
        switch (phase) {
            case RUNNING -> {
                if (stop == Stop.GRACEFUL || isComplete()) {
                    inputs.forEach(BatchInput::requestStop);
                    enter(Phase.ENDING_SOURCES);
                    return 1;
                }
            }
            case ENDING_SOURCES -> {
                if (inputs.stream().allMatch(BatchInput::isStopped) || isOverdue("sources to end")) {
                    unendedSources = namesOfUnended();
                    planLastBatch();
                    enter(Phase.ENDING_BATCHES);
                    return 1;
                }
            }
            case ENDING_BATCHES -> {
                if (queue.isIdle() || isOverdue("batches to be run")) {
                    phase = Phase.ENDED;
                    return 1;
                }
            }
            default -> {}
        }
        return 0;
    }

    private boolean isComplete() {
        for (BatchInput input : inputs) {
            if (!input.isComplete()) {
                return false;
            }
        }
        return !inputs.isEmpty();
    }

    private void planLastBatch() {
        inputs.forEach(BatchInput::refuse); // what came to no rest could store behind the last cut
        inputs.forEach(BatchInput::cut);
        if (inputs.stream().anyMatch(BatchInput::hasWaiting)) {
            plan(batchClock.advance());
        }
    }

    private List<String> namesOfUnended() {
        return inputs.stream()
                .filter(input -> !input.isStopped())
                .map(BatchInput::name)
                .toList();
    }

    private void enter(Phase next) {
        phase = next;
        endingSinceNanos = nanoClock.nanoTime();
    }

    private boolean isOverdue(String what) {
        if (nanoClock.nanoTime() - endingSinceNanos < TimeUnit.MILLISECONDS.toNanos(config.gracefulStopTimeoutMs())) {
            return false;
        }
        LOG.log(
                System.Logger.Level.WARNING,
                "graceful stop waited " + config.gracefulStopTimeoutMs() + " ms for " + what
                        + " and goes on without; raise millrace.streaming.gracefulStopTimeout to wait longer");
        return true;
    }

    /** Ask for the end; any thread. The owner's doorbell has to be rung after it. */
    public synchronized void requestStop(boolean graceful) {
        if (stop != Stop.NOW) {
            stop = graceful ? Stop.GRACEFUL : Stop.NOW;
        }
    }

    /** Whether the run has come to its end. Any thread. */
    public boolean hasEnded() {
        return phase == Phase.ENDED;
    }

    /** Whether the end came without a stop at once. Any thread. */
    public boolean hasEndedGracefully() {
        return phase == Phase.ENDED && stop != Stop.NOW;
    }

    /** The sources that a graceful stop waited for in vain. Owner: the conductor. */
    public List<String> unendedSources() {
        return unendedSources;
    }

    /** How many late batches went into the one after them. Any thread. */
    public long coalescedBatches() {
        return coalescedBatches;
    }

    /** How long nothing is due by the clock, in nanoseconds. */
    public long idleNanos() {
        if (phase != Phase.RUNNING) {
            return ENDING_POLL_NANOS;
        }
        if (wasResting || isQueueFull()) {
            return RESTING_POLL_NANOS;
        }
        return Math.min(batchClock.nanosUntilNext(), nextCutNanos - epochClock.nanoTime());
    }
}
