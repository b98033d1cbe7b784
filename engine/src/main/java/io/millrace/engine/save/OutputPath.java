package io.millrace.engine.save;

import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Texts that name a place for a dataset: a path, or a URI that begins with {@code file:}. */
public final class OutputPath {
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:/.*");

    private OutputPath() {}

    /**
     * The path that a text means.
     *
     * @throws IllegalArgumentException if it is a URI of another kind, or no path
     */
    public static Path of(String text) {
        if (!SCHEME.matcher(text).matches()) {
            return Path.of(text);
        }
        if (!text.regionMatches(true, 0, "file:", 0, 5)) {
            throw new IllegalArgumentException("cannot save to '" + text + "': only files of this machine are known;"
                    + " give a path, or file:///…");
        }
        try {
            return Path.of(URI.create(text.replace(" ", "%20")));
        } catch (IllegalArgumentException | FileSystemNotFoundException noPath) {
            throw new IllegalArgumentException(
                    "cannot save to '" + text + "': " + noPath.getMessage()
                            + "; give a path, or file:/// and an absolute path",
                    noPath);
        }
    }
}
