package io.millrace.engine.state;

import io.millrace.offheap.state.ColdStore;
import io.millrace.offheap.state.ColdStoreProvider;
import io.millrace.offheap.state.ColdStoreSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;

/**
 * The cold stores of one run, and the directory of their files, which is made for the first of them and gone at the end. What a first
 * store of the JVM costs is paid in the background, as soon as it looks as if one will be needed. Safe from several threads.
 */
public final class ColdFiles implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ColdFiles.class.getName());

    private final ColdStoreProvider provider;
    private final String parent;
    private final long maxBytesPerStore;
    private final ThreadFactory threads;
    private ScratchDirectory directory;
    private int opened;
    private boolean isWarming;
    private volatile boolean isWarm;

    /**
     * No stores yet.
     *
     * @param parent in which the directory is made; empty for the JVM's temporary directory
     * @param maxBytesPerStore the most disk that one store may take
     * @param threads for the warm-up; null does it where it is asked for
     */
    public ColdFiles(ColdStoreProvider provider, String parent, long maxBytesPerStore, ThreadFactory threads) {
        this.provider = provider;
        this.parent = parent;
        this.maxBytesPerStore = maxBytesPerStore;
        this.threads = threads;
    }

    /** A new store. Waits for a warm-up that is under way. */
    synchronized ColdStore open(int keyBytes) {
        String name = "state-" + opened++;
        return provider.open(new ColdStoreSpec(directory(), name, keyBytes, maxBytesPerStore));
    }

    private Path directory() {
        if (directory == null) {
            try {
                directory = ScratchDirectory.make(parent);
            } catch (IOException failed) {
                throw new UncheckedIOException(
                        "no directory for keyed state can be made in "
                                + (parent.isEmpty() ? "the JVM's temporary directory" : "'" + parent + "'")
                                + "; name another by millrace.state.directory",
                        failed);
            }
        }
        return directory.path();
    }

    /** Whether a store can be opened without paying for the first one of the JVM. */
    public boolean isWarm() {
        return isWarm;
    }

    /** Begin to pay for the first store of the JVM, unless that was begun before. */
    public synchronized void warmUp() {
        if (isWarming) {
            return;
        }
        isWarming = true;
        if (threads == null) {
            pay();
            return;
        }
        Thread thread = threads.newThread(this::pay);
        thread.setName("millrace-state-warm-up");
        thread.start();
    }

    private void pay() {
        try {
            provider.warmUp();
        } catch (RuntimeException | LinkageError failed) {
            LOG.log(System.Logger.Level.WARNING, "the store behind keyed state could not be warmed up", failed);
        }
        isWarm = true;
    }

    /** Delete the directory; the stores were closed before. */
    @Override
    public synchronized void close() {
        if (directory != null) {
            directory.close();
            directory = null;
        }
    }
}
