import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Derives the double twin of every source file whose first line is {@code // lanes: double}.
 *
 * <p>Such a file is ordinary Java, written for long. A mark, a comment that holds the letter V alone, stands before each token that
 * changes: behind it {@code long} becomes {@code double} and {@code Long} becomes {@code Double}, in names too ({@code LongSlots},
 * {@code DoubleSlots}). A long without a mark stays one. The twin lands in the same package below the output folder; it is
 * rewritten only when it changed, so that nothing is compiled twice, and deleted when its source is gone.
 *
 * <p>Usage: {@code java Specialise.java SOURCE_FOLDER OUTPUT_FOLDER [SOURCE_FOLDER OUTPUT_FOLDER]...}
 */
public final class Specialise {
    private static final String FIRST_LINE = "// lanes: double";
    private static final Pattern MARKED = Pattern.compile("/\\*V\\*/\\s*(\\w+)");

    private Specialise() {}

    public static void main(String[] args) throws IOException {
        for (int i = 0; i + 1 < args.length; i += 2) {
            specialise(Path.of(args[i]), Path.of(args[i + 1]));
        }
    }

    private static void specialise(Path sources, Path output) throws IOException {
        Files.createDirectories(output);
        Set<Path> twins = new HashSet<>();
        for (Path source : javaFiles(sources)) {
            String text = Files.readString(source);
            if (text.startsWith(FIRST_LINE)) {
                Path twin = output.resolve(sources.relativize(source))
                        .resolveSibling(toDouble(source.getFileName().toString()));
                twins.add(twin);
                writeIfChanged(twin, twinOf(source, text));
            }
        }
        for (Path old : javaFiles(output)) {
            if (!twins.contains(old)) {
                Files.delete(old);
            }
        }
    }

    private static String twinOf(Path source, String text) {
        if (!MARKED.matcher(text).find()) {
            throw new IllegalArgumentException(
                    source + " begins with '" + FIRST_LINE + "' but marks no token with /*V*/");
        }
        String origin = "// Derived from " + source.getFileName() + " by scripts/Specialise.java; change it there.";
        return origin
                + MARKED.matcher(text.substring(FIRST_LINE.length())).replaceAll(token -> toDouble(token.group(1)));
    }

    private static String toDouble(String token) {
        return token.replace("long", "double").replace("Long", "Double");
    }

    private static void writeIfChanged(Path file, String text) throws IOException {
        if (!Files.exists(file) || !Files.readString(file).equals(text)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, text);
        }
    }

    private static List<Path> javaFiles(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList();
        }
    }
}
