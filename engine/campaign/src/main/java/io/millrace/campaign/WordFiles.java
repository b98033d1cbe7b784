package io.millrace.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;

/** Files of a line each that are moved into a folder. One thread. */
final class WordFiles {
    private final Words words;
    private final Path folder;
    private long files;

    /** @param folder is made if it is not there; a file is written beside it */
    WordFiles(Words words, Path folder) throws IOException {
        this.words = words;
        this.folder = Files.createDirectories(folder);
    }

    /** Put one, of now. */
    void put() throws IOException {
        move(write());
    }

    /** Put one that says that it is of then. */
    void put(long timeMs) throws IOException {
        move(Files.setLastModifiedTime(write(), FileTime.fromMillis(timeMs)));
    }

    private Path write() throws IOException {
        return Files.writeString(folder.resolveSibling("writing"), words.line() + "\n");
    }

    private void move(Path written) throws IOException {
        Files.move(written, folder.resolve("f" + files++), StandardCopyOption.ATOMIC_MOVE);
    }
}
