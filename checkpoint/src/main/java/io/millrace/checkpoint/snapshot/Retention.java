package io.millrace.checkpoint.snapshot;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.journal.Journal;
import io.millrace.checkpoint.journal.JournalPosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Deletes what no retained manifest needs, and only that. A file that the batch log alone refers to is for the engine to name.
 * One owner, the one of {@link Manifests}.
 */
public final class Retention {

    private final CheckpointDirectory directory;
    private final Manifests manifests;
    private final String folder;

    /** Files that no longer count but are still referred to by a retained manifest. */
    private final Set<String> superseded = new TreeSet<>();

    /**
     * Retention of one folder of sealed files.
     *
     * @param directory owned
     * @param manifests of it
     * @param folder such as {@code state}, with all folders in it
     */
    public Retention(CheckpointDirectory directory, Manifests manifests, String folder) {
        this.directory = directory;
        this.manifests = manifests;
        this.folder = FileStore.requireName(folder);
    }

    /**
     * Once at the start, before the first new file: move what nobody refers to into quarantine, and delete what was moved there
     * before an earlier start. Unfinished files are deleted.
     *
     * @param alsoNeeded names that the batch log refers to behind the newest manifest
     * @return how many files were moved
     * @throws IOException if one could not be
     */
    public int sweep(Collection<String> alsoNeeded) throws IOException {
        Set<String> needed = referred();
        needed.addAll(alsoNeeded);
        emptyQuarantine();
        List<String> unneeded = new ArrayList<>();
        collect(folder, needed, unneeded);
        Set<String> changed = new TreeSet<>();
        for (String name : unneeded) {
            String aside = String.format(Locale.ROOT, "%016x-%s", directory.ownerEpoch(), name.replace('/', '_'));
            directory.store().rename(name, CheckpointDirectory.QUARANTINE + "/" + aside);
            changed.add(FileStore.folderOf(name));
        }
        if (!unneeded.isEmpty()) {
            directory.store().forceFolder(CheckpointDirectory.QUARANTINE);
        }
        for (String changedFolder : changed) {
            directory.store().forceFolder(changedFolder);
        }
        return unneeded.size();
    }

    private void collect(String inFolder, Set<String> needed, List<String> unneeded) throws IOException {
        directory.sweepUnfinished(inFolder);
        for (String entry : directory.store().list(inFolder)) {
            String name = inFolder + "/" + entry;
            if (entry.endsWith("/")) {
                collect(name.substring(0, name.length() - 1), needed, unneeded);
            } else if (!needed.contains(name)) {
                unneeded.add(name);
            }
        }
    }

    /** What was set aside by this owner epoch or the one before it stays. */
    private void emptyQuarantine() throws IOException {
        String keptFrom = String.format(Locale.ROOT, "%016x", directory.ownerEpoch() - 1);
        for (String entry : directory.store().list(CheckpointDirectory.QUARANTINE)) {
            boolean isOurs = entry.matches("[0-9a-f]{16}-.*[^/]");
            if (isOurs && entry.substring(0, 16).compareTo(keptFrom) < 0) {
                directory.store().delete(CheckpointDirectory.QUARANTINE + "/" + entry);
            }
        }
    }

    private Set<String> referred() throws IOException {
        Set<String> needed = new HashSet<>();
        manifests.retained().forEach(manifest -> needed.addAll(manifest.fileNames()));
        return needed;
    }

    /**
     * After a manifest was written: delete what has been named, now or before, and what no retained manifest refers to any more;
     * and the segments that no retained manifest starts in or before.
     *
     * @param noLongerCounting names of sealed files that the newest manifest does not refer to and nobody will again
     * @param journals by folder; this thread owns them
     * @return how many files were deleted
     * @throws IOException if one could not be; nothing is lost, the next call tries again
     */
    public int afterManifest(Collection<String> noLongerCounting, Map<String, Journal> journals) throws IOException {
        superseded.addAll(noLongerCounting);
        List<Manifest> retained = manifests.retained();
        Set<String> needed = new HashSet<>();
        retained.forEach(manifest -> needed.addAll(manifest.fileNames()));
        int deleted = deleteSuperseded(needed);
        for (Map.Entry<String, Journal> journal : journals.entrySet()) {
            long first = retained.stream()
                    .map(manifest -> manifest.journalStart(journal.getKey()))
                    .mapToLong(JournalPosition::sequence)
                    .min()
                    .orElse(0);
            deleted += journal.getValue().deleteBefore(first);
        }
        return deleted;
    }

    private int deleteSuperseded(Set<String> needed) throws IOException {
        Set<String> folders = new TreeSet<>();
        int deleted = 0;
        for (String name : List.copyOf(superseded)) {
            if (needed.contains(name)) {
                continue;
            }
            if (directory.store().exists(name)) {
                directory.store().delete(name);
                folders.add(FileStore.folderOf(name));
                deleted++;
            }
            superseded.remove(name);
        }
        for (String changed : folders) {
            directory.store().forceFolder(changed);
        }
        return deleted;
    }
}
