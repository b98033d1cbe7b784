package io.millrace.engine.checkpoint;

import io.millrace.api.listener.StreamingListenerStateRestoring;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.agrona.concurrent.NanoClock;

/** Tells how far the loading of state has come, now and then and at the end. Owner: the starting thread. */
final class RestoreProgress {
    static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(3);

    private static final System.Logger LOG = System.getLogger(RestoreProgress.class.getName());
    private static final double BYTES_IN_MB = 1 << 20;

    private final NanoClock clock;
    private final Consumer<StreamingListenerStateRestoring> listener;
    private long totalBytes;
    private long readBytes;
    private long keys;
    private long dueNanos;

    RestoreProgress(NanoClock clock, Consumer<StreamingListenerStateRestoring> listener) {
        this.clock = clock;
        this.listener = listener;
    }

    /** So many bytes are to be read. */
    void begin(long bytes) {
        totalBytes = bytes;
        dueNanos = clock.nanoTime() + INTERVAL_NANOS;
    }

    /** So much more of an operator was read: bytes of entries, keys and rows. */
    void read(String operator, long moreBytes, long moreKeys) {
        readBytes += moreBytes;
        keys += moreKeys;
        if (clock.nanoTime() - dueNanos >= 0) {
            tell(operator);
            dueNanos = clock.nanoTime() + INTERVAL_NANOS;
        }
    }

    /** All was read: what is said now is the last. Nothing is said where there was nothing. */
    void end(String operator) {
        if (readBytes > 0) {
            totalBytes = readBytes; // a file has more than its entries
            tell(operator);
        }
    }

    private void tell(String operator) {
        LOG.log(
                System.Logger.Level.INFO,
                () -> String.format(
                        Locale.ROOT,
                        "state is read from the checkpoint: %.1f of %.1f MB, %d keys and rows, the last of '%s'",
                        readBytes / BYTES_IN_MB,
                        totalBytes / BYTES_IN_MB,
                        keys,
                        operator));
        listener.accept(new StreamingListenerStateRestoring(operator, keys, readBytes, totalBytes));
    }
}
