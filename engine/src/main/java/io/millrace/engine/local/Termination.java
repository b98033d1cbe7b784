package io.millrace.engine.local;

import io.millrace.api.StopReport;
import io.millrace.engine.function.Texts;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;

/** The end of a run, and the first error on the way there. Safe from several threads. */
final class Termination {
    private static final System.Logger LOG = System.getLogger(Termination.class.getName());

    private final NanoClock clock;
    private final boolean errorsEnd;
    private StopReport left;
    private Throwable firstError;

    /**
     * The end is to come.
     *
     * @param clock for the time-outs of those who wait
     * @param errorsEnd whether an error leads to the end: then it is thrown when the end has come, and not before
     */
    Termination(NanoClock clock, boolean errorsEnd) {
        this.clock = clock;
        this.errorsEnd = errorsEnd;
    }

    /** Report an error: logged always, thrown to whoever waits if it is the first. Never throws itself. */
    void report(Throwable error) {
        synchronized (this) {
            if (firstError == null) {
                firstError = error;
                notifyAll();
            }
        }
        String text = "an error in a streaming batch: " + Texts.messageOf(error);
        try {
            LOG.log(System.Logger.Level.ERROR, text, error);
        } catch (RuntimeException | StackOverflowError unprintable) {
            LOG.log(System.Logger.Level.ERROR, text); // a trace asks the error for its text again
        }
    }

    /** The end; {@code leftBehind} is what was left behind. */
    synchronized void end(StopReport leftBehind) {
        left = leftBehind;
        notifyAll();
    }

    synchronized boolean hasEnded() {
        return left != null;
    }

    /** What was left behind; empty before the end. */
    synchronized Optional<StopReport> left() {
        return Optional.ofNullable(left);
    }

    /** Whether waiting is over: the end has come, or an error was reported, which is thrown. */
    synchronized boolean isOver() throws Exception {
        boolean isDue = !errorsEnd || left != null;
        if (isDue && firstError instanceof Error error) {
            throw error;
        } else if (isDue && firstError != null) {
            throw (Exception) firstError;
        }
        return left != null;
    }

    /** Wait for the end; a negative time-out waits for ever. True if the end has come. */
    synchronized boolean await(long timeoutMs) throws Exception {
        long left = TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        while (!isOver()) {
            if (timeoutMs < 0) {
                wait();
            } else if (left <= 0) {
                return false;
            } else {
                left = waitAtMost(left);
            }
        }
        return true;
    }

    private long waitAtMost(long nanos) throws InterruptedException {
        long before = clock.nanoTime();
        TimeUnit.NANOSECONDS.timedWait(this, nanos);
        return nanos - (clock.nanoTime() - before);
    }

    /** Wait for the end whatever was reported. */
    synchronized void awaitEnd() {
        boolean interrupted = false;
        while (left == null) {
            try {
                wait();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
