package io.millrace.engine.dataset;

import io.millrace.engine.save.Saving;
import io.millrace.ingest.file.FileRanges;
import io.millrace.spi.LocalProperties;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What all datasets of one engine have in common. Safe from several threads. */
public final class DatasetShared {
    private final int parallelism;
    private final ThreadFactory threads;
    private final FileRanges files;
    private final Saving saving;
    private final LocalProperties localProperties = new LocalProperties();
    private final PersistedDatasets persisted = new PersistedDatasets();
    private final AtomicInteger ids = new AtomicInteger();
    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicLong tasks = new AtomicLong();
    private final SplittableRandom seeds;

    /**
     * What an engine gives to its datasets.
     *
     * @param parallelism partitions of a keyed result, as the program has set it; 0 if it has not
     * @param threads for actions on threads of their own; null where callers do everything themselves
     * @param files reads files
     * @param saving writes them
     * @param seed of the seeds of samples for which the program names none
     */
    public DatasetShared(int parallelism, ThreadFactory threads, FileRanges files, Saving saving, long seed) {
        this.parallelism = parallelism;
        this.threads = threads;
        this.files = files;
        this.saving = saving;
        this.seeds = new SplittableRandom(seed);
    }

    /** The texts that threads carry. */
    public LocalProperties localProperties() {
        return localProperties;
    }

    /** As the program has set it; 0 if it has not. */
    int parallelism() {
        return parallelism;
    }

    /** For actions on threads of their own; null where callers do everything themselves. */
    public ThreadFactory threads() {
        return threads;
    }

    /** Reads files. */
    public FileRanges files() {
        return files;
    }

    /** Writes files. */
    public Saving saving() {
        return saving;
    }

    /** The datasets that are told to be kept. */
    public PersistedDatasets persisted() {
        return persisted;
    }

    /** A number that no other run of tasks has. */
    int nextRun() {
        return runs.getAndIncrement();
    }

    /** The first of so many numbers that no other tasks have. */
    long nextTasks(int count) {
        return tasks.getAndAdd(count);
    }

    /** A number that no other dataset, and no other broadcast, has. */
    public int nextId() {
        return ids.getAndIncrement();
    }

    /** A seed that was not given out before. */
    public long nextSeed() {
        synchronized (seeds) {
            return seeds.nextLong();
        }
    }
}
