package io.millrace.engine.save;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads descriptions of publications:
 *
 * <pre>
 *   directory FILES BYTES PATH      what was staged has that much, and gets that path
 *   removal PATH                    what an earlier run published under that path goes
 * </pre>
 */
final class Publications {
    private static final Pattern DIRECTORY =
            Pattern.compile(DirectoryPublication.KIND + " (\\d+) (\\d+) (.+)", Pattern.DOTALL);
    private static final Pattern REMOVAL = Pattern.compile(DirectoryRemoval.KIND + " (.+)", Pattern.DOTALL);

    private Publications() {}

    /** @throws IllegalArgumentException if that is no description */
    static Publication resume(String description, DirectoryNames names) {
        Matcher directory = DIRECTORY.matcher(description);
        if (directory.matches()) {
            Contents contents = new Contents(Integer.parseInt(directory.group(1)), Long.parseLong(directory.group(2)));
            return new DirectoryPublication(place(directory.group(3), names), contents);
        }
        Matcher removal = REMOVAL.matcher(description);
        if (removal.matches()) {
            return new DirectoryRemoval(place(removal.group(1), names));
        }
        throw new IllegalArgumentException("'" + description + "' describes no publication that this release knows,"
                + " expected directory FILES BYTES PATH or removal PATH; go on with the release that wrote it");
    }

    private static DirectoryPlace place(String path, DirectoryNames names) {
        return new DirectoryPlace(Path.of(path), DirectoryPlace.Writer.BATCH, true, names);
    }
}
