package io.millrace.engine.save;

import io.millrace.api.MillraceException;
import java.io.IOException;
import java.nio.file.Path;

/** A dataset could not be saved because of its files. Nothing of it can be seen under its name. */
final class SaveException extends MillraceException {
    private static final long serialVersionUID = 1L;

    private SaveException(String message, Throwable cause) {
        super(message, cause);
    }

    /** The file system said no. */
    static SaveException of(String doing, Path file, IOException cause) {
        return new SaveException(
                doing + " " + file + " failed: " + reason(cause) + "; make room or save elsewhere, and run it again;"
                        + " what had been written of it is removed, and what was there before is as it was",
                cause);
    }

    /** Something stands where the directory shall go. */
    static SaveException inTheWay(Path target, String what) {
        return new SaveException(target + " " + what, null);
    }

    private static String reason(IOException cause) {
        return cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")");
    }
}
