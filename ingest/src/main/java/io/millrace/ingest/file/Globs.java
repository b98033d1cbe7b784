package io.millrace.ingest.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Paths with wildcards: {@code *}, {@code ?}, {@code [a-z]} and {@code {a,b}} in any part between two slashes, as
 * {@link java.nio.file.FileSystem#getPathMatcher} has them. A wildcard matches no name that begins with a dot.
 */
final class Globs {
    private static final String WILD = "*?[{";

    private Globs() {}

    /** Whether any part of the path has a wildcard. */
    static boolean isGlob(Path path) {
        for (Path part : path) {
            if (isWild(part)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isWild(Path part) {
        return part.toString().chars().anyMatch(c -> WILD.indexOf(c) >= 0);
    }

    /**
     * All that there is now and that the path means, by name; nothing where nothing matches. A path without wildcards means
     * itself, if it is there.
     *
     * @param path absolute
     */
    static List<Path> expand(Path path) throws IOException {
        List<Path> found = List.of(path.getRoot());
        for (Path part : path) {
            found = isWild(part) ? matching(found, part) : resolved(found, part);
        }
        return found;
    }

    private static List<Path> resolved(List<Path> parents, Path part) {
        return parents.stream()
                .map(parent -> parent.resolve(part))
                .filter(path -> Files.exists(path, new LinkOption[0]))
                .toList();
    }

    private static List<Path> matching(List<Path> parents, Path part) throws IOException {
        PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + part);
        List<Path> found = new ArrayList<>();
        for (Path parent : parents) {
            for (Path child : childrenOf(parent)) {
                Path name = child.getFileName();
                if (matcher.matches(name) && (!isHidden(name) || isHidden(part))) {
                    found.add(child);
                }
            }
        }
        Collections.sort(found);
        return found;
    }

    /** What is in a directory, in no order; nothing if it is none, or has gone. */
    static List<Path> childrenOf(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(children::add);
        } catch (NoSuchFileException | NotDirectoryException gone) {
            return List.of();
        } catch (DirectoryIteratorException failed) {
            throw failed.getCause();
        }
        return children;
    }

    static boolean isHidden(Path name) {
        return name.toString().startsWith(".");
    }
}
