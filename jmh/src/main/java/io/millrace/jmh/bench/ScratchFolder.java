package io.millrace.jmh.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder for checkpoints that is gone when the measurement is over. Where it is decides what a force costs. */
final class ScratchFolder implements AutoCloseable {
    private final Path folder;

    /** @param parent null for where the JDK puts temporary files */
    ScratchFolder(String parent) throws IOException {
        String name = "millrace-bench-";
        folder = parent == null ? Files.createTempDirectory(name) : Files.createTempDirectory(Path.of(parent), name);
    }

    Path path() {
        return folder;
    }

    Path resolve(String name) {
        return folder.resolve(name);
    }

    /** The kind of file system, such as ext4. */
    String fileSystem() throws IOException {
        return Files.getFileStore(folder).type();
    }

    /** Copies a folder in here, and waits until the copy is on the disk. */
    void copy(String from, String to) throws IOException {
        for (Path path : pathsIn(resolve(from))) {
            Path copy = resolve(to).resolve(resolve(from).relativize(path));
            Files.copy(path, copy);
            PageCache.write(copy);
        }
    }

    void delete(String name) throws IOException {
        delete(resolve(name));
    }

    /** Deletes what is in it. */
    void empty() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path path : files.toList()) {
                delete(path);
            }
        }
    }

    /** Folders in front of what is in them. */
    static List<Path> pathsIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return new ArrayList<>(files.toList());
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all = pathsIn(folder);
        all.sort(Comparator.reverseOrder());
        for (Path path : all) {
            Files.delete(path);
        }
    }

    @Override
    public void close() throws IOException {
        delete(folder);
    }
}
