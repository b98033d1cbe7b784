package io.millrace.ingest.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Spark's rule: a file is new if it was modified within a window before the batch, and its path was not chosen for a batch within
 * that window. What is older when it is found is never read; what is changed in place is not read again within the window.
 *
 * <p>After a restart the first window begins where the last one before it did: what came while nobody looked is not overlooked.
 * Files whose batch is before the window are forgotten, which is safe: so is the time they were modified.
 */
final class WindowSelector implements FileSelector {
    private final long oldestMs;
    private final long windowMs;
    private final Map<Path, TakenFile> chosen = new HashMap<>();
    /** The next window begins where that of this batch did, if it is the earlier one; {@link Long#MAX_VALUE} for any. */
    private long lastBatchMs;

    /**
     * @param oldestMs files modified then, or before, are never new
     * @param windowMs how long before its batch a file may be modified: whole batches
     * @param lastBatchMs the last batch before a restart; {@link TakenFile#NEVER} for none
     */
    WindowSelector(long oldestMs, long windowMs, long lastBatchMs) {
        this.oldestMs = oldestMs;
        this.windowMs = windowMs;
        this.lastBatchMs = lastBatchMs == TakenFile.NEVER ? Long.MAX_VALUE : lastBatchMs;
    }

    @Override
    public void start(List<FileStamp> present) {
        // The threshold says all there is to say about them.
    }

    @Override
    public List<TakenFile> select(List<FileStamp> present, long batchTimeMs) {
        long windowStartMs = Math.min(batchTimeMs, lastBatchMs) - windowMs;
        long threshold = Math.max(oldestMs, windowStartMs);
        chosen.values().removeIf(taken -> taken.batchMs() < windowStartMs);
        List<TakenFile> selected = new ArrayList<>();
        for (FileStamp file : present) {
            long modifiedMs = file.modifiedMs();
            if (modifiedMs > threshold && modifiedMs <= batchTimeMs && !chosen.containsKey(file.path())) {
                TakenFile taken = TakenFile.by(file, batchTimeMs);
                chosen.put(file.path(), taken);
                selected.add(taken);
            }
        }
        lastBatchMs = Long.MAX_VALUE;
        return selected;
    }

    @Override
    public void enter(TakenFile file) {
        chosen.put(file.file().path(), file);
    }

    /** Its time says as much. */
    @Override
    public void forget(Path path, long batchMs) {}

    /** As the first {@link #select} behind a restart does. */
    @Override
    public void forgetBefore(long lastBatch) {
        if (lastBatch != TakenFile.NEVER) {
            chosen.values().removeIf(taken -> taken.batchMs() < lastBatch - windowMs);
        }
    }

    @Override
    public Collection<TakenFile> taken() {
        return chosen.values();
    }
}
