package io.millrace.engine.schedule;

import io.millrace.engine.task.PartitionTask;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.ingest.wait.Doorbell;
import io.millrace.ingest.wait.Threads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** n core workers, each a thread. One parallel step runs at a time; callers from several threads take turns. */
public final class WorkerPool implements AutoCloseable {
    private static final long JOIN_MS = 5_000;

    private final List<CoreWorker> workers = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Doorbell callersBell = new Doorbell();
    private final ReentrantLock turn = new ReentrantLock();
    private final ThreadLocal<Boolean> isInsideInlineTask = new ThreadLocal<>();
    private final boolean spinning;
    private volatile boolean closed;

    /** @param size number of workers; 0 means that callers do everything themselves */
    public WorkerPool(int size, ThreadFactory threadFactory, boolean spinning) {
        this.spinning = spinning;
        try {
            for (int i = 0; i < size; i++) {
                CoreWorker worker = new CoreWorker(i, spinning);
                Thread thread = threadFactory.newThread(worker);
                thread.setName("millrace-core-" + i);
                workers.add(worker);
                threads.add(thread);
                thread.start();
            }
        } catch (RuntimeException | Error failed) {
            workers.forEach(CoreWorker::close);
            throw failed;
        }
    }

    /** A new set of scratches for one user of these workers. */
    public WorkerScratches newScratches() {
        return new WorkerScratches(workers.size());
    }

    /**
     * Run a task for each number below {@code tasks} and return when all are done.
     *
     * @param inline on the calling thread, in order; else on as many workers as there is work for
     * @throws TaskFailure the first failure; other tasks may not have been run
     * @throws IllegalStateException if called from inside a task, or after close
     */
    public void forEach(int tasks, boolean inline, WorkerScratches scratches, PartitionTask task) throws TaskFailure {
        if (isInsideTask()) {
            throw new IllegalStateException("an action on a dataset was called inside a function that a task runs;"
                    + " collect what the function needs before, and let it use the list");
        }
        checkOpen();
        int helpers = inline ? 0 : Math.min(tasks, workers.size());
        if (helpers == 0) {
            runInline(tasks, scratches, task);
        } else {
            runOn(helpers, tasks, scratches, task);
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the engine was stopped; datasets can no longer be computed");
        }
    }

    /** Whether the calling thread is running a task at this moment. */
    public boolean isInsideTask() {
        return isInsideInlineTask.get() != null || threads.contains(Thread.currentThread());
    }

    private void runInline(int tasks, WorkerScratches scratches, PartitionTask task) throws TaskFailure {
        WorkerScratch scratch = scratches.borrowForCaller();
        int index = 0;
        isInsideInlineTask.set(true);
        try {
            while (index < tasks) {
                task.run(index, scratch);
                index++;
            }
        } catch (Throwable thrown) {
            throw new TaskFailure(index, thrown);
        } finally {
            isInsideInlineTask.remove();
            scratches.giveBack(scratch);
        }
    }

    private void runOn(int helpers, int tasks, WorkerScratches scratches, PartitionTask task) throws TaskFailure {
        turn.lock();
        try {
            checkOpen();
            ParallelStep step = new ParallelStep(tasks, task, scratches, helpers, callersBell);
            for (int i = 0; i < helpers; i++) {
                workers.get(i).post(step);
            }
            awaitEnd(step, helpers);
            step.throwFailure();
        } finally {
            turn.unlock();
        }
    }

    private void awaitEnd(ParallelStep step, int helpers) {
        boolean interrupted = false;
        while (!step.isDone()) {
            if (Thread.interrupted()) {
                interrupted = true;
                step.cancel(new InterruptedException("the thread that waits for the result was interrupted"));
                threads.subList(0, helpers).forEach(Thread::interrupt);
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
    }

    /**
     * End the threads; waits a few seconds at most for the step at hand, and for each thread. A function that never returns
     * keeps its (daemon) thread.
     */
    @Override
    public void close() {
        boolean isMyTurn = tryTurn();
        closed = true;
        workers.forEach(CoreWorker::close);
        if (isMyTurn) {
            turn.unlock();
        }
        for (Thread thread : threads) {
            Threads.join(thread, JOIN_MS);
        }
    }

    private boolean tryTurn() {
        try {
            return turn.tryLock(JOIN_MS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
