package io.millrace.campaign;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.StringJoiner;
import java.util.TreeMap;

/** Files of random words that are moved into a folder, and how often each word is in them. One thread. */
final class WordFiles {
    private static final int WORDS = 60;
    private static final int MOST_WORDS = 40;

    private final SplittableRandom random;
    private final Path folder;
    private final Map<String, Integer> counts = new TreeMap<>();
    private long files;
    private long words;

    /** @param folder is made if it is not there; a file is written beside it */
    WordFiles(SplittableRandom random, Path folder) throws IOException {
        this.random = random;
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
        StringJoiner line = new StringJoiner(" ", "", "\n");
        for (int count = 1 + random.nextInt(MOST_WORDS); count > 0; count--) {
            String word = "w" + random.nextInt(1 + random.nextInt(WORDS));
            line.add(word);
            counts.merge(word, 1, Integer::sum);
            words++;
        }
        return Files.writeString(folder.resolveSibling("writing"), line.toString());
    }

    private void move(Path written) throws IOException {
        Files.move(written, folder.resolve("f" + files++), StandardCopyOption.ATOMIC_MOVE);
    }

    Map<String, Integer> counts() {
        return counts;
    }

    long files() {
        return files;
    }

    long words() {
        return words;
    }
}
