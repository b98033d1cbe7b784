package io.millrace.jmh.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the system keeps of files in memory. */
final class PageCache {
    private PageCache() {}

    /** Waits until a file is on the disk; does nothing with a folder. */
    static void write(Path file) throws IOException {
        if (Files.isRegularFile(file)) {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    /** Reads all files in a folder, so that they are in memory. */
    static void fill(Path folder) throws IOException {
        for (Path path : ScratchFolder.pathsIn(folder)) {
            if (Files.isRegularFile(path)) {
                Files.copy(path, OutputStream.nullOutputStream());
            }
        }
    }

    /**
     * Asks the system to forget all files in a folder, which are on the disk already. Java has no call for it, and {@code dd} of the GNU
     * coreutils has one that needs no rights.
     *
     * @throws IllegalStateException if there is no such {@code dd}
     */
    static void drop(Path folder) throws IOException, InterruptedException {
        for (Path path : ScratchFolder.pathsIn(folder)) {
            if (Files.isRegularFile(path)) {
                drop(path.toString());
            }
        }
    }

    private static void drop(String file) throws IOException, InterruptedException {
        Process dd = new ProcessBuilder("dd", "if=" + file, "iflag=nocache", "count=0", "status=none")
                .redirectErrorStream(true)
                .start();
        String said = new String(dd.getInputStream().readAllBytes()).strip();
        if (dd.waitFor() != 0) {
            throw new IllegalStateException(
                    "dd could not drop a file from the page cache (" + said + "); leave that out with --cache warm");
        }
    }
}
