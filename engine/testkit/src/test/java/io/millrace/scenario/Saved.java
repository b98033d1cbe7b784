package io.millrace.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Looks at what a program has saved. */
public final class Saved {
    private Saved() {}

    /** The names in a directory, hidden ones included, sorted. */
    public static List<String> names(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The lines of all parts of a directory, in the order of the parts. */
    public static List<String> lines(Path directory) {
        List<String> lines = new ArrayList<>();
        for (String name : names(directory)) {
            if (name.startsWith("part-")) {
                try {
                    lines.addAll(Files.readAllLines(directory.resolve(name)));
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            }
        }
        return lines;
    }
}
