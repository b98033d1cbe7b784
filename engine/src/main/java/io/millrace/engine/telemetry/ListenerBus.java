package io.millrace.engine.telemetry;

import io.millrace.api.listener.StreamingListener;
import io.millrace.engine.function.Texts;
import io.millrace.ingest.wait.Doorbell;
import io.millrace.ingest.wait.Threads;
import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Takes events from any thread and calls the listeners on one: its own, made with the first event, or the caller's in
 * {@link #doWork}. An event that finds the queue full is dropped and counted; nobody ever waits for a listener, but the end of
 * the run, and that for a short while.
 */
public final class ListenerBus implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ListenerBus.class.getName());
    private static final long JOIN_MS = 2_000;

    private final Collection<StreamingListener> listeners;
    private final Queue<Consumer<StreamingListener>> queue;
    private final ThreadFactory threads;
    private final Doorbell bell = new Doorbell();
    private final AtomicLong dropped = new AtomicLong();
    private volatile Thread thread;
    private volatile Thread delivering;
    private volatile boolean closing;

    /**
     * A bus without a thread so far.
     *
     * @param listeners may change at any time, safe from several threads
     * @param capacity how many events may wait
     * @param threads null if the caller drives
     */
    public ListenerBus(Collection<StreamingListener> listeners, int capacity, ThreadFactory threads) {
        this.listeners = listeners;
        this.queue = new LinkedBlockingQueue<>(capacity);
        this.threads = threads;
    }

    /** Whether anybody listens: if not, an event need not be made. */
    public boolean hasListeners() {
        return !listeners.isEmpty();
    }

    /** Let each listener be called. Any thread; returns at once. */
    public void post(Consumer<StreamingListener> event) {
        if (closing || !hasListeners()) {
            return;
        }
        if (!queue.offer(event)) {
            drop();
        } else if (threads != null) {
            wake();
        }
    }

    private void drop() {
        if (dropped.getAndIncrement() == 0) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "listeners are slower than events come, and some are dropped (counted as droppedEvents); make the"
                            + " listeners quicker, or raise millrace.listener.queueCapacity");
        }
    }

    private void wake() {
        if (thread == null) {
            startThread();
        }
        bell.ring();
    }

    private synchronized void startThread() {
        if (thread == null && !closing) {
            Thread made = threads.newThread(this::deliverAll);
            made.setName("millrace-listeners");
            thread = made;
            made.start();
        }
    }

    private void deliverAll() {
        while (!closing || !queue.isEmpty()) {
            if (doWork() == 0) {
                bell.await(Long.MAX_VALUE);
            }
        }
    }

    /** Deliver the events that wait; how many there were. Owner: the bus's thread, or the caller who drives. */
    public int doWork() {
        int delivered = 0;
        Consumer<StreamingListener> event;
        while ((event = queue.poll()) != null) {
            delivering = Thread.currentThread();
            deliver(event);
            delivering = null;
            delivered++;
        }
        return delivered;
    }

    private void deliver(Consumer<StreamingListener> event) {
        for (StreamingListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (Throwable thrown) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "the listener " + listener.getClass().getName() + " failed: " + Texts.messageOf(thrown),
                        thrown);
            }
        }
    }

    /** Whether the calling thread is calling listeners at this moment. */
    public boolean isCurrent() {
        return Thread.currentThread() == delivering;
    }

    /** How many events were dropped. Any thread. */
    public long dropped() {
        return dropped.get();
    }

    /** Deliver what waits, for a few seconds at most; later events are dropped without a word. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
        }
        if (threads == null) {
            doWork();
        } else if (thread != null) {
            bell.ring();
            Threads.join(thread, JOIN_MS);
            if (thread.isAlive()) {
                abandon();
            }
        }
    }

    private void abandon() {
        int left = queue.size();
        queue.clear();
        thread.interrupt();
        LOG.log(
                System.Logger.Level.WARNING,
                "a listener did not return within " + JOIN_MS + " ms after the end; " + left
                        + " events are dropped, and its thread is left alone");
    }
}
