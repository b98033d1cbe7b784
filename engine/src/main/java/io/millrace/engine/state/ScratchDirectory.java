package io.millrace.engine.state;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * A directory of files that are of no use to another process, locked as long as its owner lives. What a process has left that ended without
 * closing its own is deleted when the next one is made in the same place.
 */
final class ScratchDirectory implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(ScratchDirectory.class.getName());
    private static final String PREFIX = "millrace-state-";
    private static final String LOCK = "LOCK";
    /** Those of this JVM: to open the lock file of one of them, and to close it, would give its lock up. */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private ScratchDirectory(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * A new one.
     *
     * @param parent in which it is made; empty for the JVM's temporary directory
     * @throws IOException if it cannot be made
     */
    static ScratchDirectory make(String parent) throws IOException {
        Path path = parent.isEmpty()
                ? Files.createTempDirectory(PREFIX)
                : Files.createTempDirectory(Files.createDirectories(Path.of(parent)), PREFIX);
        Path real = path.toRealPath();
        OURS.add(real);
        FileChannel lock =
                FileChannel.open(real.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        sweep(real.getParent());
        return new ScratchDirectory(real, lock);
    }

    Path path() {
        return path;
    }

    private static void sweep(Path parent) {
        try (Stream<Path> siblings = Files.list(parent)) {
            siblings.filter(sibling -> sibling.getFileName().toString().startsWith(PREFIX))
                    .filter(sibling -> !OURS.contains(sibling))
                    .forEach(ScratchDirectory::deleteIfLeft);
        } catch (IOException unlistable) {
            LOG.log(System.Logger.Level.DEBUG, "what others have left in " + parent + " cannot be seen", unlistable);
        }
    }

    /** Only what has a lock file that nobody holds: one without it may be in the making, or somebody else's. */
    private static void deleteIfLeft(Path directory) {
        Path lockFile = directory.resolve(LOCK);
        if (!Files.isRegularFile(lockFile)) {
            return;
        }
        try (FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            if (lock.tryLock() != null) {
                delete(directory);
            }
        } catch (IOException notOurs) {
            LOG.log(System.Logger.Level.DEBUG, "the directory " + directory + " is left as it is", notOurs);
        }
    }

    private static void delete(Path directory) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(directory)) {
            files = all.toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(directory);
    }

    /** Delete it, with all that is in it. */
    @Override
    public void close() {
        try {
            delete(path);
            lock.close();
        } catch (IOException left) {
            LOG.log(System.Logger.Level.WARNING, "the directory {0} of keyed state could not be deleted", path);
        }
        OURS.remove(path);
    }
}
