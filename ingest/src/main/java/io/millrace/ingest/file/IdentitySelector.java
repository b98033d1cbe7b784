package io.millrace.ingest.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * A file is new if it was not seen before, however old it is and however late it comes.
 *
 * <table>
 * <caption>A name that was seen before, and now stands for</caption>
 * <tr><td>a file with the same size, modification time and inode</td><td>the same file: not new</td></tr>
 * <tr><td>another inode</td><td>another file: new</td></tr>
 * <tr><td>the same inode, of a file that was there at the start and was never read</td><td>new</td></tr>
 * <tr><td>the same inode, fewer bytes or others at the beginning</td><td>another file that got the inode of one deleted: new</td></tr>
 * <tr><td>the same inode and beginning, more bytes or another time</td><td>the same file grown or touched: not new, warned of</td></tr>
 * </table>
 *
 * <p>A file modified after a batch's time waits for a later batch, and an empty one for its first bytes.
 *
 * <p>What was taken before a restart is the same file if it has the same size and modification time, and its first and last bytes
 * are the same, whatever its inode: inodes and devices may have got other numbers, or the files come from a backup. If it has
 * grown, another inode makes it another file only on the same device.
 *
 * <p>Names that are gone are forgotten, so memory is bounded by what the directories hold. Only those from before a restart stay until
 * a file is seen in their directory again: a file system that is not mounted yet looks like an empty directory.
 */
final class IdentitySelector implements FileSelector {
    /** Is told of names that were gone when the files of a batch were looked for. */
    @FunctionalInterface
    interface Forgetting {
        void forgot(Path path, long batchMs);
    }

    private record Seen(TakenFile taken, boolean isRestored) {
        FileStamp file() {
            return taken.file();
        }
    }

    private final long oldestMs;
    private final Consumer<String> warnings;
    private final Forgetting forgetting;
    private final Map<Path, Seen> seen = new HashMap<>();

    /**
     * @param oldestMs files that are there at the start and were modified then, or before, are not new
     * @param warnings told of files that were changed after they were chosen
     * @param forgetting told of names that are gone
     */
    IdentitySelector(long oldestMs, Consumer<String> warnings, Forgetting forgetting) {
        this.oldestMs = oldestMs;
        this.warnings = warnings;
        this.forgetting = forgetting;
    }

    @Override
    public void start(List<FileStamp> present) {
        for (FileStamp file : present) {
            if (file.modifiedMs() <= oldestMs) {
                seen.putIfAbsent(file.path(), new Seen(TakenFile.neverRead(file), false));
            }
        }
    }

    @Override
    public List<TakenFile> select(List<FileStamp> present, long batchTimeMs) {
        List<TakenFile> selected = new ArrayList<>();
        int remembered = 0;
        for (FileStamp file : present) {
            Seen before = seen.get(file.path());
            boolean isDue = file.size() > 0 && file.modifiedMs() <= batchTimeMs;
            boolean isChosen = isDue && (before == null || isNew(file, before));
            if (isChosen) {
                TakenFile taken = TakenFile.by(file, batchTimeMs);
                remember(taken);
                selected.add(taken);
            }
            remembered += before != null || isChosen ? 1 : 0;
        }
        if (remembered < seen.size()) {
            forgetAllBut(present, batchTimeMs);
        }
        return selected;
    }

    @Override
    public void enter(TakenFile file) {
        seen.put(file.file().path(), new Seen(file, true));
    }

    @Override
    public void forget(Path path, long batchMs) {
        seen.computeIfPresent(path, (name, before) -> before.taken().batchMs() < batchMs ? null : before);
    }

    /** A name that is there is never forgotten. */
    @Override
    public void forgetBefore(long lastBatchMs) {}

    @Override
    public Collection<TakenFile> taken() {
        return seen.values().stream().map(Seen::taken).toList();
    }

    private void remember(TakenFile file) {
        seen.put(file.file().path(), new Seen(file, false));
    }

    private void forgetAllBut(List<FileStamp> present, long batchTimeMs) {
        Set<Path> paths = present.stream().map(FileStamp::path).collect(Collectors.toSet());
        Set<Path> directories = paths.stream().map(Path::getParent).collect(Collectors.toSet());
        seen.entrySet().removeIf(entry -> {
            Path path = entry.getKey();
            boolean isGone =
                    !paths.contains(path) && (!entry.getValue().isRestored() || directories.contains(path.getParent()));
            if (isGone) {
                forgetting.forgot(path, batchTimeMs);
            }
            return isGone;
        });
    }

    private boolean isNew(FileStamp file, Seen before) {
        TakenFile taken = before.taken();
        if (before.isRestored() && isSame(file, taken)) {
            remember(taken.as(file));
            return false;
        }
        if (taken.file().equals(file)) {
            return false;
        }
        if (taken.digest() == null || isOther(file, before) || !beginsAs(taken, file)) {
            return true;
        }
        if (!taken.isToldOf()) {
            warnings.accept(
                    "file " + file.path() + " changed after it was read and is not read again: it was " + taken.file()
                            + " and is " + file + "; write new records to another file and rename it into place");
        }
        remember(taken.changedTo(file));
        return false;
    }

    /** Whether a file taken before a restart is unchanged. One that cannot be read now is taken for it: nothing is read twice. */
    private static boolean isSame(FileStamp file, TakenFile taken) {
        if (!taken.file().hasSizeAndTimeOf(file)) {
            return false;
        }
        try {
            return taken.digest() == null
                    || taken.file().equals(file)
                    || taken.digest().isThatOf(file);
        } catch (IOException unreadable) {
            return true;
        }
    }

    private static boolean isOther(FileStamp file, Seen before) {
        return file.size() < before.file().size()
                || (before.isRestored()
                        ? before.file().isOtherFileOfTheSameDevice(file)
                        : before.file().isOtherFile(file));
    }

    private static boolean beginsAs(TakenFile taken, FileStamp file) {
        try {
            return taken.digest().isBeginningOf(file);
        } catch (IOException unreadable) {
            return true;
        }
    }
}
