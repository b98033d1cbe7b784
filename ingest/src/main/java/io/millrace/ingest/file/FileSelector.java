package io.millrace.ingest.file;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** Decides which of the files that are there belong to a batch. Thread: one. */
interface FileSelector {
    /** These are there before the first batch. */
    void start(List<FileStamp> present);

    /**
     * Choose, and remember what was chosen.
     *
     * @param present all files that are there now
     * @param batchTimeMs later than that of the call before
     * @return some of {@code present}, in its order, with their digests
     */
    List<TakenFile> select(List<FileStamp> present, long batchTimeMs);

    /** This file was taken already, perhaps before a restart. A later entry for its path replaces an earlier one. */
    void enter(TakenFile file);

    /** A name was gone when the files of a batch were looked for: what was taken of it before is forgotten. */
    void forget(Path path, long batchMs);

    /** What matters no more for a restart behind that batch is forgotten. */
    void forgetBefore(long lastBatchMs);

    /** What is remembered. */
    Collection<TakenFile> taken();
}
