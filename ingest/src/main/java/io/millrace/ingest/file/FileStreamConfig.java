package io.millrace.ingest.file;

/**
 * Which files of a stream's directory are new. Milliseconds.
 *
 * @param byWindow Spark's rule, a window of time; else every file that was not seen before
 * @param minRememberMs with {@code byWindow}: the window, rounded up to whole batches
 * @param recursive whether sub-directories are looked into
 * @param batchMs the batch interval
 */
public record FileStreamConfig(boolean byWindow, long minRememberMs, boolean recursive, long batchMs) {
    /** Refuses intervals that are not positive. */
    public FileStreamConfig {
        if (minRememberMs < 1 || batchMs < 1) {
            throw new IllegalArgumentException("millrace.streaming.fileStream.minRememberDuration is " + minRememberMs
                    + " ms and the batch interval " + batchMs + " ms, expected 1 or more");
        }
    }

    /** How long before its batch a file may be modified: whole batches. */
    long windowMs() {
        return (minRememberMs + batchMs - 1) / batchMs * batchMs;
    }
}
