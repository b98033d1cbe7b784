package io.millrace.engine.checkpoint;

import io.millrace.checkpoint.file.DiskFullException;
import io.millrace.checkpoint.journal.ForceTask;
import io.millrace.checkpoint.journal.Journal;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Appends to the batch log, and has it forced while appending goes on: one force at a time, for all that was appended when it began. While the
 * disk is full, frames wait here in memory, in order; whoever appends has to stop soon, see {@link #isStalled}.
 *
 * <p>Frames are counted; {@link #durable} says up to which one they outlive what the durability says. Owner: the job thread.
 */
final class LogWriter {
    static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Journal journal;
    private final DiskThread forces;
    private final DiskThread segments;
    private final NanoClock clock;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private ForceTask task;
    private long taskReaches;
    private long appended;
    private long written;
    private long durable;
    private long bytes;
    private long retryNanos;
    private long preparedBehind = -1;
    private DiskFullException full;

    private record Waiting(int type, DirectBuffer payload) {}

    /**
     * @param forces forces what is appended
     * @param segments makes the next file while this one is written
     */
    LogWriter(Journal journal, DiskThread forces, DiskThread segments, NanoClock clock) {
        this.journal = journal;
        this.forces = forces;
        this.segments = segments;
        this.clock = clock;
    }

    /**
     * Append a frame.
     *
     * @throws IOException if the log takes no more frames; a full disk does not end it
     */
    void append(int type, FrameWriter frame) throws IOException {
        if (full != null || !write(type, frame.buffer(), frame.length())) {
            waiting.add(new Waiting(type, new UnsafeBuffer(frame.toBytes())));
        }
        appended++;
        bytes += frame.length();
    }

    private boolean write(int type, DirectBuffer payload, int length) throws IOException {
        try {
            prepareBehind(
                    journal.append(type, LogFrame.VERSION, payload, 0, length).sequence());
            written++;
            return true;
        } catch (DiskFullException noSpace) {
            stall(noSpace);
            return false;
        }
    }

    /** A roll is not to wait for a file that is zeroed and forced. */
    private void prepareBehind(long sequence) {
        if (sequence != preparedBehind) {
            preparedBehind = sequence;
            segments.run(() -> {
                try {
                    journal.prepareNext();
                } catch (IOException later) {
                    return; // it is made when it is needed, and fails then if it must
                }
            });
        }
    }

    private void stall(DiskFullException noSpace) {
        full = noSpace;
        retryNanos = clock.nanoTime() + RETRY_NANOS;
    }

    /** Whether frames wait for space: nothing that comes is certain before they are written. */
    boolean isStalled() {
        return full != null;
    }

    /** Try again, if it is time, to write the frames that wait. */
    void retry() throws IOException {
        if (full != null && clock.nanoTime() - retryNanos >= 0) {
            retryNow();
        }
    }

    /** Try again to write the frames that wait. */
    void retryNow() throws IOException {
        full = null;
        while (!waiting.isEmpty() && write(waiting.peek().type(), waiting.peek().payload(), lengthOf(waiting.peek()))) {
            waiting.poll();
        }
    }

    private static int lengthOf(Waiting frame) {
        return frame.payload().capacity();
    }

    /** How many frames were appended. */
    long appended() {
        return appended;
    }

    /** How many of them outlive what the durability says. */
    long durable() {
        return durable;
    }

    /** How many bytes were appended. */
    long bytes() {
        return bytes;
    }

    /** Begin a force of all that was appended, unless one is under way; where the caller drives it is over on return. */
    void beginForce() throws IOException {
        if (task != null || durable == written) {
            return;
        }
        long reaches = written;
        try {
            task = journal.beginForce();
        } catch (DiskFullException noSpace) {
            stall(noSpace); // for a new segment, since the one before has failed
            return;
        }
        if (task == null) {
            durable = reaches;
            return;
        }
        taskReaches = reaches;
        forces.run(task);
        endForce();
    }

    /** Take note of a force that is over; whether one was. */
    boolean endForce() throws IOException {
        if (task == null || !task.isDone()) {
            return false;
        }
        ForceTask ended = task;
        task = null;
        try {
            journal.endForce(ended);
            durable = Math.max(durable, taskReaches);
        } catch (DiskFullException noSpace) {
            stall(noSpace);
        }
        return true;
    }

    /**
     * Wait until a frame is durable.
     *
     * @param frame how many frames had been appended with it
     * @throws DiskFullException if there is no space for it
     */
    void awaitDurable(long frame) throws IOException {
        while (durable < frame) {
            beginForce();
            if (task != null) {
                task.run(); // or wait for who runs it
                endForce();
            } else if (durable < frame) {
                throw full; // it is not even written, or the file that it is to be forced in has no space
            }
        }
    }

    /** Wait until all that was appended is durable. */
    void awaitAll() throws IOException {
        awaitDurable(appended);
    }
}
