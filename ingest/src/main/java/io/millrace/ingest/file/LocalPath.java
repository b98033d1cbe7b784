package io.millrace.ingest.file;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts that name files of this machine, for all that read and all that save: a path, or {@code file:} before an absolute one.
 *
 * <p>Behind {@code file:} stands the path itself, as in Spark, and not the coded form of it that a URI has: a blank is a blank,
 * {@code %20} is three characters, and wildcards stay what they are.
 */
public final class LocalPath {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]+):(/.*)", Pattern.DOTALL);
    private static final Pattern MACHINE = Pattern.compile("//([^/]+)(/.*)?", Pattern.DOTALL);

    private LocalPath() {}

    /**
     * The path that a text means, absolute and without {@code ..}; nothing is looked up.
     *
     * @throws IllegalArgumentException if it is in a file system that is not this machine's, or is no path
     */
    public static Path of(String text) {
        Matcher scheme = SCHEME.matcher(text);
        if (!scheme.matches()) {
            return Path.of(text).toAbsolutePath().normalize();
        }
        if (!scheme.group(1).equalsIgnoreCase("file")) {
            throw elsewhere(text, "in file system " + scheme.group(1));
        }
        Matcher machine = MACHINE.matcher(scheme.group(2));
        if (machine.matches()) {
            throw elsewhere(text, "on machine " + machine.group(1));
        }
        return Path.of(scheme.group(2)).toAbsolutePath().normalize();
    }

    private static IllegalArgumentException elsewhere(String text, String where) {
        return new IllegalArgumentException("path '" + text + "' is " + where
                + ", expected one of this machine, such as /data/x, file:/data/x or file:///data/x;"
                + " mount it here, or use a directory of this machine");
    }
}
