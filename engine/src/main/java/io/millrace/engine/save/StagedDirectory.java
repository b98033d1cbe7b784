package io.millrace.engine.save;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/**
 * A directory that is being written under a hidden name beside its own: so nobody who reads under its name sees half a directory, or half
 * a file. {@link #seal} ends the writing; what it gives puts the directory under its name.
 *
 * <p>Left-overs of a process that died while it wrote are deleted by the next staging of the same name. Two processes that save to one
 * name at a time are not told apart.
 *
 * <p>Thread: one owner; {@link #part} and {@link #addRows} are for all that write parts.
 */
public final class StagedDirectory implements AutoCloseable {
    private final DirectoryPlace place;
    private final LongAdder rows = new LongAdder();
    private boolean isOver;

    private StagedDirectory(DirectoryPlace place) {
        this.place = place;
    }

    /** Make room for a directory; those above it are made if they are not there. What is in its way is refused. */
    static StagedDirectory begin(DirectoryPlace place) {
        try {
            place.prepare();
        } catch (IOException failed) {
            throw SaveException.of("making a directory for", place.target(), failed);
        }
        return new StagedDirectory(place);
    }

    /** The directory's path, once it is published. */
    public Path target() {
        return place.target();
    }

    /** The file of one partition. */
    Path part(int partition) {
        return place.staged().resolve(String.format(Locale.ROOT, "part-%05d", partition));
    }

    void addRows(int count) {
        rows.add(count);
    }

    /** How many rows were written. */
    public long rows() {
        return rows.sum();
    }

    /**
     * All is written: on return it outlives the process, and a loss of power if forcing is on. It is the publication's from now on.
     *
     * @throws io.millrace.api.MillraceException if that failed; then it is dropped
     */
    public Publication seal() {
        requireOpen();
        try {
            place.seal();
            Contents contents = Contents.of(place.staged());
            isOver = true;
            return new DirectoryPublication(place, contents);
        } catch (IOException failed) {
            throw SaveException.of("completing", place.staged(), failed);
        } finally {
            close();
        }
    }

    /** There is to be nothing under the name: what was written is dropped, and what an earlier run published goes with the publication. */
    public Publication sealNothing() {
        requireOpen();
        close();
        return place.hasEarlier() ? new DirectoryRemoval(place) : Publication.NONE;
    }

    /** Drop what was written, unless it is sealed. */
    @Override
    public void close() {
        if (!isOver) {
            isOver = true;
            place.dropStaged();
        }
    }

    private void requireOpen() {
        if (isOver) {
            throw new IllegalStateException(target() + " was sealed or dropped already");
        }
    }
}
