package io.millrace.engine.schedule;

import io.millrace.engine.task.WorkerScratch;
import io.millrace.ingest.wait.Doorbell;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;

/**
 * n core workers, each a thread with scratch of its own, and one scratch more for callers who do small work themselves. One
 * parallel step runs at a time; callers from several threads take turns.
 */
public final class WorkerPool implements AutoCloseable {
    private static final long JOIN_MS = 5_000;

    private final List<CoreWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final WorkerScratch callersScratch;
    private final Doorbell callersBell = new Doorbell();
    private final ReentrantLock turn = new ReentrantLock();
    private final boolean spinning;
    private boolean closed;

    /** @param size number of workers; 0 means that callers do everything themselves */
    public WorkerPool(int size, ThreadFactory threadFactory, boolean spinning) {
        this.spinning = spinning;
        this.callersScratch = new WorkerScratch(size);
        for (int i = 0; i < size; i++) {
            CoreWorker worker = new CoreWorker(new WorkerScratch(i), spinning);
            Thread thread = threadFactory.newThread(worker);
            thread.setName("millrace-core-" + i);
            workers.add(worker);
            threads.add(thread);
        }
        threads.forEach(Thread::start);
    }

    /** How many different scratches tasks may come with: one per worker, and the callers' one. */
    public int scratchCount() {
        return workers.size() + 1;
    }

    /**
     * Run a task for each number below {@code tasks} and return when all are done.
     *
     * @param inline on the calling thread, in order; else on as many workers as there is work for
     * @throws TaskFailure the first failure; other tasks may not have been run
     * @throws IllegalStateException if called from inside a task, or after close
     */
    public void forEach(int tasks, boolean inline, PartitionTask task) throws TaskFailure {
        if (turn.isHeldByCurrentThread() || threads.contains(Thread.currentThread())) {
            throw new IllegalStateException("an action on a dataset was called inside a function that a task runs;"
                    + " collect what the function needs before, and let it use the list");
        }
        turn.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the engine was stopped; datasets can no longer be computed");
            }
            int helpers = inline ? 0 : Math.min(tasks, workers.size());
            if (helpers == 0) {
                runInline(tasks, task);
            } else {
                runOn(helpers, tasks, task);
            }
        } finally {
            turn.unlock();
        }
    }

    private void runInline(int tasks, PartitionTask task) throws TaskFailure {
        for (int index = 0; index < tasks; index++) {
            try {
                task.run(index, callersScratch);
            } catch (Throwable thrown) {
                throw new TaskFailure(index, thrown);
            }
        }
    }

    private void runOn(int helpers, int tasks, PartitionTask task) throws TaskFailure {
        Region region = new Region(tasks, task, helpers, callersBell);
        for (int i = 0; i < helpers; i++) {
            workers.get(i).post(region);
        }
        boolean interrupted = false;
        while (!region.isDone()) {
            if (Thread.interrupted()) {
                interrupted = true;
                region.cancel(new InterruptedException("the engine is stopping"));
                threads.forEach(Thread::interrupt);
            }
            if (spinning) {
                Thread.onSpinWait();
            } else {
                callersBell.await(Long.MAX_VALUE);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        region.throwFailure();
    }

    /** End the threads; waits for the step at hand, and a few seconds at most for each thread. */
    @Override
    public void close() {
        turn.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            workers.forEach(CoreWorker::close);
        } finally {
            turn.unlock();
        }
        for (Thread thread : threads) {
            Threads.join(thread, JOIN_MS);
        }
    }
}
