package io.millrace.testkit.recovery;

import io.millrace.engine.save.DirectoryNames;
import io.millrace.engine.save.PartOpener;
import io.millrace.engine.save.SavePorts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Saved files as one process has them: real ones, whose operations are counted together from 1. The process may end before one of them,
 * and directories may not get their names. After the process's end no operation reaches them, but a loss of power takes back names that
 * were given and not forced.
 */
final class SavedFiles implements SavePorts {
    private static final long NEVER = Long.MAX_VALUE;

    private final ProcessView process;
    private final Published published;
    private final DirectoryNames files = DirectoryNames.onDisk(false);
    private final Set<Path> obstacles = new HashSet<>();
    private final Deque<Renamed> unforced = new ArrayDeque<>();
    private long seen;
    private long crashAt = NEVER;
    private long publications;
    private long failFrom = NEVER;
    private long failUntil = NEVER;
    private boolean isBlocked;

    private record Renamed(Path from, Path to) {}

    /** What is said of a directory that does not get its name. */
    static final class Unnamed extends IOException {
        private static final long serialVersionUID = 1L;

        Unnamed() {
            super("Input/output error");
        }
    }

    SavedFiles(ProcessView process, Published published) {
        this.process = process;
        this.published = published;
    }

    /** The process ends before an operation. */
    String crash(RandomGenerator random) {
        crashAt = 1 + random.nextInt(8 << random.nextInt(4));
        return ", crash at saving operation " + crashAt;
    }

    /** Some directories do not get their names at once; perhaps because something else has taken them. */
    String fail(RandomGenerator random) {
        failFrom = 1 + random.nextInt(4);
        failUntil = random.nextBoolean() ? NEVER : failFrom + random.nextInt(4);
        isBlocked = random.nextBoolean();
        return ", publications fail from " + failFrom + " to " + (failUntil == NEVER ? "the last" : failUntil)
                + (isBlocked ? " with something in the way" : "");
    }

    /** Nothing is in the way any more. */
    void clear() throws IOException {
        for (Path obstacle : obstacles) {
            Files.deleteIfExists(obstacle);
        }
        obstacles.clear();
    }

    /** The power is cut: some of the names that were given last are not. */
    void lose(RandomGenerator random) throws IOException {
        for (int lost = random.nextInt(unforced.size() + 1); lost > 0; lost--) {
            Renamed last = unforced.removeLast();
            if (Files.exists(last.to()) && !Files.exists(last.from())) {
                files.rename(last.to(), last.from());
            }
        }
    }

    private void before(String operation, Path path) throws IOException {
        if (process.hasEnded()) {
            throw new IOException("the process has ended");
        }
        if (++seen == crashAt) {
            process.crash("before saving operation " + seen + ", " + operation + " of " + path.getFileName());
        }
    }

    @Override
    public PartOpener parts() {
        return file -> {
            before("create", file);
            return PartOpener.ON_DISK.create(file);
        };
    }

    @Override
    public DirectoryNames names(boolean forces) {
        return new Names();
    }

    private final class Names implements DirectoryNames {
        @Override
        public void make(Path directory) throws IOException {
            before("make", directory);
            files.make(directory);
        }

        @Override
        public void mark(Path file) throws IOException {
            before("mark", file);
            files.mark(file);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            before("rename", to);
            boolean isPublication = Published.isStaged(from);
            if (isPublication) {
                mayFail(to);
            }
            files.rename(from, to);
            unforced.addLast(new Renamed(from, to));
            if (isPublication) {
                published.seen(to);
            }
        }

        private void mayFail(Path to) throws IOException {
            publications++;
            if (publications >= failFrom && publications <= failUntil) {
                if (isBlocked && obstacles.add(to)) {
                    Files.createFile(to);
                }
                throw new Unnamed();
            }
        }

        @Override
        public void delete(Path entry) throws IOException {
            before("delete", entry);
            files.delete(entry);
        }

        @Override
        public void force(Path directory) throws IOException {
            before("force", directory);
            unforced.removeIf(renamed -> renamed.to().getParent().equals(directory));
        }
    }
}
