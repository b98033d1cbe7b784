package io.millrace.engine.save;

import io.millrace.api.MillraceException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;

/** A dataset could not be saved because of its files; the message says what can be seen under its name. */
final class SaveException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private SaveException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The file system said no, or the thread was interrupted. Nothing of the dataset can be seen under its name. */
    static SaveException of(String doing, Path file, IOException cause) {
        return new SaveException(
                doing + " " + file + " failed: " + reason(cause) + "; " + wayOut(cause)
                        + "; what had been written of it is removed, and what was there before is as it was",
                cause);
    }

    /** Something stands where the directory shall go. */
    static SaveException inTheWay(Path target, String what) {
        return new SaveException(target + " " + what, null);
    }

    /**
     * Something stands where what was written is to be published.
     *
     * @param staged where that is until then; null if nothing was written
     */
    static SaveException conflict(Path target, String what, Path staged) {
        return new SaveException(
                "MR-1107: " + target + " " + what
                        + (staged == null
                                ? ""
                                : "; what was written is called " + staged + " until it is published or dropped"),
                null);
    }

    /** What was staged has changed since. */
    static SaveException notWhole(Path staged, Path target, Contents written, Contents found) {
        return new SaveException(
                "MR-1105: " + staged + " has " + found + ", and " + written + " were written; it is not published as "
                        + target + "; put back what is missing, or remove " + staged
                        + " to go on without this output of the batch",
                null);
    }

    /** Neither what was staged nor what was published is there, nor the place of both. */
    static SaveException noParent(Path target) {
        return new SaveException(
                "MR-1105: " + target.getParent() + " is not there, where " + target.getFileName()
                        + " was written and is to be published; mount its disk, or make that directory to go on without it",
                null);
    }

    /** What was staged did not get its name. */
    static SaveException unpublished(Path target, Path staged, IOException cause) {
        return new SaveException(
                "giving its name to " + target + " failed: " + reason(cause) + "; " + wayOut(cause)
                        + "; what was there before is as it was, and what was written is called " + staged
                        + " until it is published or dropped",
                cause);
    }

    /** What an earlier run published is still there. */
    static SaveException unremoved(Path target, IOException cause) {
        return new SaveException(
                "removing " + target + " failed: " + reason(cause) + "; " + wayOut(cause) + "; it is as it was", cause);
    }

    /** The new directory did not get its name, and the old one did not get its name back. */
    static SaveException leftAside(Path target, Path aside, IOException cause, IOException putBack) {
        return new SaveException(
                "giving its name to " + target + " failed: " + reason(cause)
                        + "; putting back what was there before failed too: " + reason(putBack) + "; it is now called "
                        + aside + "; rename it, or save again, which puts it right first",
                cause);
    }

    /**
     * The names are as they shall be, and may not last.
     *
     * @param state of the directory
     * @param aside what was there before, or null
     */
    static SaveException notForced(Path target, String state, Path aside, IOException cause) {
        return new SaveException(
                target + " " + state + ", but forcing that to the disk failed: " + reason(cause)
                        + "; a loss of power may undo it; look after the disk, and run it again"
                        + (aside == null ? "" : "; what was there before is kept as " + aside + " until then"),
                cause);
    }

    private static String wayOut(IOException cause) {
        if (cause instanceof ClosedByInterruptException || cause instanceof InterruptedIOException) {
            return "its thread was interrupted while it saved; run it again";
        }
        return (cause instanceof AccessDeniedException ? "allow it" : "make room")
                + " or save elsewhere, and run it again";
    }

    private static String reason(IOException cause) {
        return cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")");
    }
}
