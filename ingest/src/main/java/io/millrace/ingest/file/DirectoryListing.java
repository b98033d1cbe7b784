package io.millrace.ingest.file;

import io.millrace.api.function.Function;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The files that are now in a directory, or in each directory of a glob. Thread: one. */
final class DirectoryListing {
    private static final String BEING_COPIED = "._COPYING_";
    private static final Comparator<FileStamp> BY_TIME =
            Comparator.comparing(FileStamp::modified).thenComparing(FileStamp::path);

    private final Path directory;
    private final Function<Path, Boolean> filter;
    private final boolean recursive;

    /**
     * @param directory absolute, perhaps with wildcards
     * @param filter which files count; null for {@link #isVisible}
     * @param recursive whether sub-directories are looked into, those that are hidden or links excepted
     */
    DirectoryListing(Path directory, Function<Path, Boolean> filter, boolean recursive) {
        this.directory = directory;
        this.filter = filter == null ? DirectoryListing::isVisible : filter;
        this.recursive = recursive;
    }

    /** Names that begin with a dot are hidden, and so are those of files that a copying tool is still writing. */
    static boolean isVisible(Path file) {
        String name = file.getFileName().toString();
        return !name.startsWith(".") && !name.endsWith(BEING_COPIED);
    }

    /** Whether there is any such directory now. */
    boolean isThere() throws IOException {
        return Globs.expand(directory).stream().anyMatch(Files::isDirectory);
    }

    /**
     * Look.
     *
     * @return the files that count, oldest first
     * @throws Exception if a directory or a file cannot be looked at, or the filter fails
     */
    List<FileStamp> files() throws Exception {
        List<FileStamp> files = new ArrayList<>();
        for (Path found : Globs.expand(directory)) {
            list(found, files);
        }
        files.sort(BY_TIME);
        return files;
    }

    private void list(Path parent, List<FileStamp> files) throws Exception {
        for (Path path : Globs.childrenOf(parent)) {
            BasicFileAttributes attributes;
            try {
                attributes = Files.readAttributes(path, BasicFileAttributes.class);
            } catch (NoSuchFileException gone) {
                continue;
            }
            if (attributes.isRegularFile() && Boolean.TRUE.equals(filter.call(path))) {
                files.add(FileStamp.of(path, attributes));
            } else if (recursive && attributes.isDirectory() && mayBeEntered(path)) {
                list(path, files);
            }
        }
    }

    /** A link to a directory may lead round in a circle. */
    private static boolean mayBeEntered(Path directory) {
        return !Globs.isHidden(directory.getFileName()) && !Files.isSymbolicLink(directory);
    }
}
