package io.millrace.ingest.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * <p>A file modified after a batch's time waits for a later batch, and an empty one for its first bytes. Names that are gone are
 * forgotten, so memory is bounded by what the directories hold.
 */
final class IdentitySelector implements FileSelector {
    /** @param beginning null for a file that was never chosen */
    private record Seen(FileStamp file, FileBeginning beginning, boolean isWarnedOf) {}

    private static final FileBeginning UNKNOWN = new FileBeginning(0, 0);

    private final long oldestMs;
    private final Consumer<String> warnings;
    private final Map<Path, Seen> seen = new HashMap<>();

    /**
     * @param oldestMs files that are there at the start and were modified then, or before, are not new
     * @param warnings told of files that were changed after they were chosen
     */
    IdentitySelector(long oldestMs, Consumer<String> warnings) {
        this.oldestMs = oldestMs;
        this.warnings = warnings;
    }

    @Override
    public void start(List<FileStamp> present) {
        for (FileStamp file : present) {
            if (file.modifiedMs() <= oldestMs) {
                seen.put(file.path(), new Seen(file, null, false));
            }
        }
    }

    @Override
    public List<FileStamp> select(List<FileStamp> present, long batchTimeMs) {
        List<FileStamp> selected = new ArrayList<>();
        int remembered = 0;
        for (FileStamp file : present) {
            Seen before = seen.get(file.path());
            boolean isDue = file.size() > 0 && file.modifiedMs() <= batchTimeMs;
            boolean isChosen = isDue && (before == null || !before.file().equals(file) && isNew(file, before));
            if (isChosen) {
                seen.put(file.path(), new Seen(file, beginningOf(file), false));
                selected.add(file);
            }
            remembered += before != null || isChosen ? 1 : 0;
        }
        if (remembered < seen.size()) {
            seen.keySet().retainAll(present.stream().map(FileStamp::path).collect(Collectors.toSet()));
        }
        return selected;
    }

    private boolean isNew(FileStamp file, Seen before) {
        boolean isOther =
                before.file().isOtherFile(file) || file.size() < before.file().size();
        if (before.beginning() == null || isOther || !beginsAs(before, file)) {
            return true;
        }
        if (!before.isWarnedOf()) {
            warnings.accept(
                    "file " + file.path() + " changed after it was read and is not read again: it was " + before.file()
                            + " and is " + file + "; write new records to another file and rename it into place");
        }
        seen.put(file.path(), new Seen(file, before.beginning(), true));
        return false;
    }

    private static boolean beginsAs(Seen before, FileStamp file) {
        try {
            return before.beginning().isThatOf(file.path());
        } catch (IOException unreadable) {
            return true;
        }
    }

    /** A file that cannot be read is chosen all the same: its batch fails and names it, and those after it go on. */
    private static FileBeginning beginningOf(FileStamp file) {
        try {
            return FileBeginning.of(file.path());
        } catch (IOException unreadable) {
            return UNKNOWN;
        }
    }
}
