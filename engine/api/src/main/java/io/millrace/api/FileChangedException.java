package io.millrace.api;

import java.nio.file.Path;

/**
 * A file is not what it was when it was chosen to be read: its size, its modification time or the file itself is another. What was read of it
 * cannot be trusted. Files must come into a watched directory whole: write elsewhere, then rename.
 */
public class FileChangedException extends MillraceException {

    private static final long serialVersionUID = 1L;

    private final transient Path file;

    /** @param change what it was and what it is, in words */
    public FileChangedException(Path file, String change) {
        super("file " + file + " changed between being chosen and being read to its end: " + change
                + "; write files elsewhere and rename them into place");
        this.file = file;
    }

    /** Which file; null once this exception was serialized. */
    public Path file() {
        return file;
    }
}
