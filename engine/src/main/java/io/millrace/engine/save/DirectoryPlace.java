package io.millrace.engine.save;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The names of one saved directory, and the steps from one to the other. The hidden ones are beside it, and hold its name: so those of a
 * stream's batch are the batch's own, and a batch that is run again finds what it has left.
 *
 * <pre>
 *   NAME                      what is seen
 *   .NAME.millrace-batch      what a stream's batch has written, until the batch is published
 *   .NAME.millrace-new        what an action has written, until it is published
 *   .NAME.millrace-old        what is being replaced or removed
 * </pre>
 *
 * <p>Thread: one owner.
 */
final class DirectoryPlace {
    /** Who writes. They have different hidden names, so that an action does not clear away what waits for a COMMIT. */
    enum Writer {
        BATCH("batch"),
        ACTION("new");

        private final String hidden;

        Writer(String hidden) {
            this.hidden = hidden;
        }
    }

    private final Path target;
    private final Path staged;
    private final Path aside;
    private final boolean replaces;
    private final DirectoryNames names;

    /** @param replaces whether a directory of that name, if it was saved by this engine, may be replaced */
    DirectoryPlace(Path path, Writer writer, boolean replaces, DirectoryNames names) {
        this.target = path.toAbsolutePath().normalize();
        if (target.getFileName() == null) {
            throw SaveException.inTheWay(target, "is no place for a dataset; name a directory in it");
        }
        this.staged = hidden(writer.hidden);
        this.aside = hidden("old");
        this.replaces = replaces;
        this.names = names;
    }

    private Path hidden(String what) {
        return target.resolveSibling("." + target.getFileName() + ".millrace-" + what);
    }

    Path target() {
        return target;
    }

    Path staged() {
        return staged;
    }

    /** Make room to write, and put right what a process that died has left: its half directory goes, what it had set aside comes back. */
    void prepare() throws IOException {
        Directories.make(target.getParent(), names);
        Directories.delete(staged, names);
        if (Directories.exists(aside) && !Directories.exists(target)) {
            names.rename(aside, target);
        }
        Directories.delete(aside, names);
        String obstacle = obstacle();
        if (obstacle != null) {
            throw SaveException.inTheWay(target, obstacle);
        }
        names.make(staged);
    }

    /** What was staged is whole: mark it, and let its own names and its name last. */
    void seal() throws IOException {
        names.mark(staged.resolve("_SUCCESS"));
        names.force(staged);
        names.force(target.getParent());
    }

    boolean isStaged() {
        return Directories.exists(staged);
    }

    boolean isTaken() {
        return Directories.exists(target);
    }

    /** Whether something under the name is to go, now or since a process died. */
    boolean hasEarlier() {
        return isTaken() || Directories.exists(aside);
    }

    /** Set aside what is there; what was set aside before that is older, and goes. */
    void setAside() throws IOException {
        Directories.delete(aside, names);
        names.rename(target, aside);
    }

    /** Give what was staged its name; if that fails, what was set aside gets it back. */
    void nameIt() throws IOException {
        try {
            names.rename(staged, target);
        } catch (IOException failed) {
            if (Directories.exists(aside)) {
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

    /** The names are as they shall be: let them last, and then drop what was set aside; a loss of power may bring its name back until then. */
    void settle(String state) {
        try {
            names.force(target.getParent());
        } catch (IOException failed) {
            throw SaveException.notForced(target, state, Directories.exists(aside) ? aside : null, failed);
        }
        deleteQuietly(aside);
    }

    void dropStaged() {
        deleteQuietly(staged);
    }

    /** What is in the way of what is to be published; null if nothing is. */
    String obstacle() throws IOException {
        if (!isTaken()) {
            return null;
        }
        if (!replaces) {
            return "exists already; remove it, or save under another name";
        }
        if (!Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
            return "is not a directory; move it away, or change the prefix";
        }
        String foreign = Directories.foreignName(target);
        return foreign == null
                ? null
                : "cannot be replaced: it holds " + foreign + ", which saving a batch did not put there;"
                        + " move it away, or change the prefix";
    }

    /** What cannot be deleted now is hidden, and is deleted by the next staging of the same name. */
    private void deleteQuietly(Path path) {
        try {
            Directories.delete(path, names);
        } catch (IOException later) {
            System.getLogger(DirectoryPlace.class.getName())
                    .log(System.Logger.Level.WARNING, "left behind for now: " + path, later);
        }
    }
}
