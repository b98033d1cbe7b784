package io.millrace.ingest.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Spark's rule: a file is new if it was modified within a window before the batch, and its path was not chosen for a batch within
 * that window. What is older when it is found is never read; what is changed in place is not read again within the window.
 */
final class WindowSelector implements FileSelector {
    private final long oldestMs;
    private final long windowMs;
    private final Map<Path, Long> chosen = new HashMap<>();

    /**
     * @param oldestMs files modified then, or before, are never new
     * @param windowMs how long before its batch a file may be modified: whole batches
     */
    WindowSelector(long oldestMs, long windowMs) {
        this.oldestMs = oldestMs;
        this.windowMs = windowMs;
    }

    @Override
    public void start(List<FileStamp> present) {
        // The threshold says all there is to say about them.
    }

    @Override
    public List<FileStamp> select(List<FileStamp> present, long batchTimeMs) {
        long threshold = Math.max(oldestMs, batchTimeMs - windowMs);
        chosen.values().removeIf(timeMs -> timeMs < batchTimeMs - windowMs);
        List<FileStamp> selected = new ArrayList<>();
        for (FileStamp file : present) {
            long modifiedMs = file.modifiedMs();
            if (modifiedMs > threshold && modifiedMs <= batchTimeMs && !chosen.containsKey(file.path())) {
                chosen.put(file.path(), batchTimeMs);
                selected.add(file);
            }
        }
        return selected;
    }
}
