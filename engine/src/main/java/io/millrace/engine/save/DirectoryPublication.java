package io.millrace.engine.save;

import java.io.IOException;
import java.nio.file.Files;

/**
 * A whole directory that gets its name.
 *
 * <pre>
 *   NAME, if it is there   ──▶ .NAME.millrace-old
 *   what was staged        ──▶ NAME
 *   .NAME.millrace-old is deleted
 * </pre>
 *
 * <p>Each arrow is one rename in one directory: it is done or it is not, so what is there tells how far an earlier attempt came. What was
 * staged is gone only if it has got its name (or was discarded).
 *
 * <p>Between the two renames of a replacement there is, for an instant, no directory under the name: Java has no exchange of two names.
 */
final class DirectoryPublication implements Publication {
    /** Begins its description. */
    static final String KIND = "directory";

    private final DirectoryPlace place;
    private final Contents contents;

    /** @param contents what was staged */
    DirectoryPublication(DirectoryPlace place, Contents contents) {
        this.place = place;
        this.contents = contents;
    }

    @Override
    public String describe() {
        return KIND + " " + contents.files() + " " + contents.bytes() + " " + place.target();
    }

    @Override
    public void publish() {
        try {
            if (place.isStaged()) {
                give();
            } else {
                requireParent();
            }
        } catch (IOException failed) {
            throw SaveException.unpublished(place.target(), place.staged(), failed);
        }
        place.settle("is whole and has its name");
        if (!place.isTaken()) {
            System.getLogger(DirectoryPublication.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            place.target() + " was published before, and has been taken away since");
        }
    }

    private void give() throws IOException {
        requireWhole();
        String obstacle = place.obstacle();
        if (obstacle != null) {
            throw SaveException.conflict(place.target(), obstacle, place.staged());
        }
        if (place.isTaken()) {
            place.setAside();
        }
        place.nameIt();
    }

    private void requireWhole() throws IOException {
        Contents found = Contents.of(place.staged());
        if (!found.equals(contents)) {
            throw SaveException.notWhole(place.staged(), place.target(), contents, found);
        }
    }

    /** Where the directory above is missing as well, nothing was taken away: it is another disk that one sees. */
    private void requireParent() {
        if (!Files.isDirectory(place.target().getParent())) {
            throw SaveException.noParent(place.target());
        }
    }

    @Override
    public void discard() {
        place.dropStaged();
    }
}
