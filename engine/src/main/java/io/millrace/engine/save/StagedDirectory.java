package io.millrace.engine.save;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * A directory that is being written under a hidden name beside its own, until {@link #publish} gives it that name: so nobody
 * who reads under its name sees half a directory, or half a file.
 *
 * <pre>
 *   stage      .NAME.millrace-new is made, and filled
 *   publish    NAME, if it is there  ──▶ .NAME.millrace-old
 *              .NAME.millrace-new    ──▶ NAME
 *              .NAME.millrace-old is deleted
 * </pre>
 *
 * <p>Each arrow is one rename in one directory: it is done or it is not. Between the two renames of a replacement there is, for
 * an instant, no directory under the name (Java has no exchange of two names); a process that dies right there leaves the old
 * one aside, and the next staging of the same name puts it back first. Left-overs of a process that died earlier are deleted by
 * the next staging of the same name. Two processes that save to one name at a time are not told apart.
 *
 * <p>Thread: one owner; {@link #part} and {@link #addRows} are for all that write parts.
 */
public final class StagedDirectory implements AutoCloseable {
    private static final String SUCCESS = "_SUCCESS";

    private final Path target;
    private final Path fresh;
    private final Path aside;
    private final boolean replaces;
    private final DirectoryNames names;
    private final LongAdder rows = new LongAdder();
    private boolean isOver;

    private StagedDirectory(Path target, boolean replaces, DirectoryNames names) {
        this.target = target;
        this.fresh = target.resolveSibling("." + target.getFileName() + ".millrace-new");
        this.aside = target.resolveSibling("." + target.getFileName() + ".millrace-old");
        this.replaces = replaces;
        this.names = names;
    }

    /**
     * Make room for a directory; those above it are made if they are not there.
     *
     * @param replaces whether a directory of that name, if it was saved by this engine, may be replaced; else it is refused
     */
    static StagedDirectory begin(Path path, boolean replaces, DirectoryNames names) {
        Path target = path.toAbsolutePath().normalize();
        if (target.getFileName() == null) {
            throw SaveException.inTheWay(target, "is no place for a dataset; name a directory in it");
        }
        StagedDirectory staged = new StagedDirectory(target, replaces, names);
        try {
            staged.prepare();
        } catch (IOException failed) {
            throw SaveException.of("making a directory for", target, failed);
        }
        return staged;
    }

    private void prepare() throws IOException {
        Files.createDirectories(target.getParent());
        Directories.delete(fresh);
        if (Directories.exists(aside) && !Directories.exists(target)) {
            names.rename(aside, target);
        }
        Directories.delete(aside);
        checkTarget();
        Files.createDirectory(fresh);
    }

    private void checkTarget() throws IOException {
        if (!Directories.exists(target)) {
            return;
        }
        if (!replaces) {
            throw SaveException.inTheWay(target, "exists already; remove it, or save under another name");
        }
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            throw SaveException.inTheWay(target, "is not a directory; move it away, or change the prefix");
        }
        String foreign = Directories.foreignName(target);
        if (foreign != null) {
            throw SaveException.inTheWay(
                    target,
                    "cannot be replaced: it holds " + foreign + ", which saving a batch did not put there;"
                            + " move it away, or change the prefix");
        }
    }

    /** The directory's path, once it is published. */
    public Path target() {
        return target;
    }

    /** The file of one partition. */
    Path part(int partition) {
        return fresh.resolve(String.format(Locale.ROOT, "part-%05d", partition));
    }

    void addRows(int count) {
        rows.add(count);
    }

    /** How many rows were written. */
    public long rows() {
        return rows.sum();
    }

    /**
     * Mark the directory as whole and give it its name. Nothing more is to be written.
     *
     * @throws io.millrace.api.MillraceException if that failed: then a directory that was to be replaced is in its place, or the
     *     message says what it is called; or if the directory has its name, and that could not be forced to the disk
     */
    public void publish() {
        requireOpen();
        boolean isReplaced;
        try {
            Files.createFile(fresh.resolve(SUCCESS));
            names.force(fresh);
            checkTarget();
            isReplaced = Directories.exists(target);
            if (isReplaced) {
                names.rename(target, aside);
            }
            nameIt(isReplaced);
            isOver = true;
        } catch (IOException failed) {
            throw SaveException.of("giving its name to", target, failed);
        } finally {
            close();
        }
        forceNames("is whole and has its name", isReplaced);
        deleteQuietly(aside);
    }

    private void nameIt(boolean isReplaced) throws IOException {
        try {
            names.rename(fresh, target);
        } catch (IOException failed) {
            if (isReplaced) {
                putBack(failed);
            }
            throw failed;
        }
    }

    private void putBack(IOException failed) {
        try {
            names.rename(aside, target);
        } catch (IOException failedToo) {
            failed.addSuppressed(failedToo);
            throw SaveException.leftAside(target, aside, failed, failedToo);
        }
    }

    /**
     * Let there be nothing under the name: what was written is dropped, and what an earlier run published is removed.
     *
     * @throws io.millrace.api.MillraceException if that failed; or if it is removed, and that could not be forced to the disk
     */
    public void publishNothing() {
        requireOpen();
        boolean isReplaced;
        try {
            checkTarget();
            isReplaced = Directories.exists(target);
            if (isReplaced) {
                names.rename(target, aside);
            }
        } catch (IOException failed) {
            throw SaveException.of("removing", target, failed);
        } finally {
            close();
        }
        if (isReplaced) {
            forceNames("is removed", true);
        }
        deleteQuietly(aside);
    }

    /** What was replaced stays aside if this fails: a loss of power may bring its name back. */
    private void forceNames(String state, boolean isReplaced) {
        try {
            names.force(target.getParent());
        } catch (IOException failed) {
            throw SaveException.notForced(target, state, isReplaced ? aside : null, failed);
        }
    }

    /** Drop what was written, unless it was published. */
    @Override
    public void close() {
        if (!isOver) {
            isOver = true;
            deleteQuietly(fresh);
        }
    }

    private void requireOpen() {
        if (isOver) {
            throw new IllegalStateException(target + " was published or dropped already");
        }
    }

    /** What cannot be deleted now is hidden, and is deleted by the next staging of the same name. */
    private static void deleteQuietly(Path path) {
        try {
            Directories.delete(path);
        } catch (IOException later) {
            System.getLogger(StagedDirectory.class.getName())
                    .log(System.Logger.Level.WARNING, "left behind for now: " + path, later);
        }
    }
}
