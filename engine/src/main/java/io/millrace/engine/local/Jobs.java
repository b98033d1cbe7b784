package io.millrace.engine.local;

import io.millrace.engine.batch.BatchRunner;
import io.millrace.engine.batch.Exchanges;
import io.millrace.ingest.wait.Doorbell;
import io.millrace.ingest.wait.Threads;
import io.millrace.spi.LocalProperties;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * The batches of one run being run, under the run's local properties: on a thread of their own, or where the caller drives on the
 * caller's. The exchanges that batches borrow are closed by whoever ends last, the run or the thread: an output may outlive the run.
 */
final class Jobs {
    private static final System.Logger LOG = System.getLogger(LocalRun.class.getName());
    private static final long ABANDON_MS = 2_000;

    private final BatchRunner batches;
    private final Exchanges exchanges;
    private final Doorbell bell;
    private final Idling idling;
    private final LocalProperties localProperties;
    private final Map<String, String> properties;
    private final Consumer<Throwable> errors;
    private final ThreadFactory threads;
    private final AtomicInteger users = new AtomicInteger(1);
    private volatile Thread thread; // null before the start, and where the caller drives
    private volatile boolean isOver;
    private boolean isAbandoned;

    /**
     * Nothing is run before {@link #start} or {@link #doWork}.
     *
     * @param threads null where the caller drives
     * @param localProperties the engine's, which belong to threads
     * @param properties those of the run
     * @param errors told if a batch cannot be run at all
     */
    Jobs(
            RunParts parts,
            ThreadFactory threads,
            Idling idling,
            LocalProperties localProperties,
            Map<String, String> properties,
            Consumer<Throwable> errors) {
        this.batches = parts.batches();
        this.exchanges = parts.exchanges();
        this.bell = parts.jobBell();
        this.idling = idling;
        this.localProperties = localProperties;
        this.properties = properties;
        this.errors = errors;
        this.threads = threads;
    }

    /** Start the thread, unless the caller drives. */
    void start() {
        if (threads == null) {
            return;
        }
        thread = threads.newThread(this::runAll);
        thread.setName("millrace-jobs");
        users.incrementAndGet();
        try {
            thread.start();
        } catch (RuntimeException | Error failed) {
            users.decrementAndGet();
            throw failed;
        }
    }

    private void runAll() {
        localProperties.restore(properties);
        while (!isOver || !batches.isIdle()) {
            try {
                Thread.interrupted(); // an interrupt was meant for an output that is over
                if (batches.doWork() == 0) {
                    idling.at(bell, batches.idleNanos());
                }
            } catch (Throwable broken) {
                errors.accept(broken);
            }
        }
        letGo();
    }

    /** Run the next batch on the calling thread, if one waits; how many were run. Where the caller drives. */
    int doWork() {
        if (batches.isIdle()) {
            return batches.settle();
        }
        Map<String, String> callers = localProperties.snapshot();
        localProperties.restore(properties);
        try {
            return batches.doWork();
        } finally {
            localProperties.restore(callers);
        }
    }

    /** Whether the calling thread is theirs. */
    boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    /** Release what waits on the calling thread, where the caller drives; how many batches there were. */
    int discard() {
        batches.discard();
        int discarded = 0;
        while (batches.doWork() > 0) {
            discarded++;
        }
        return discarded;
    }

    /** Let the thread end when nothing waits any more; returns at once. */
    void requestEnd() {
        isOver = true;
        bell.ring();
    }

    /** After a start: what waits is dropped; an output that runs on is interrupted after a while, and then left alone. */
    void end() {
        batches.discard();
        requestEnd();
        if (!Threads.join(thread, ABANDON_MS)) {
            batches.interruptProgram();
            isAbandoned = !Threads.join(thread, ABANDON_MS);
        }
        if (isAbandoned) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "an output did not end within " + 2 * ABANDON_MS + " ms after the stop and is left alone;"
                            + " the memory it reads is given back when it ends");
        }
    }

    /** Whether {@link #end} left an output alone. Owner: who called that. */
    boolean isAbandoned() {
        return isAbandoned;
    }

    /** The run, or the thread, needs batches and exchanges no more; once each. */
    void letGo() {
        if (users.decrementAndGet() == 0) {
            batches.close();
            exchanges.close();
        }
    }
}
