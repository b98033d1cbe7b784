package io.millrace.ingest.file;

import io.millrace.api.MillraceException;
import io.millrace.ingest.source.PulledRange;
import io.millrace.ingest.source.RangeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** Files named by a text, looked for when they are first asked for. */
final class PathsRange implements PulledRange {
    private final String paths;
    private final Function<List<FileStamp>, FileFormat> format;
    private volatile PulledRange found;

    /** @param format chosen once the files are known */
    PathsRange(String paths, Function<List<FileStamp>, FileFormat> format) {
        this.paths = paths;
        this.format = format;
    }

    @Override
    public int partitionCount() {
        return found().partitionCount();
    }

    @Override
    public long weight() {
        return found().weight();
    }

    @Override
    public RangeReader open(int partition) throws IOException {
        return found().open(partition);
    }

    @Override
    public List<String> names() {
        return found().names();
    }

    @Override
    public byte[] describe() {
        return found().describe();
    }

    private PulledRange found() {
        PulledRange range = found;
        return range == null ? find() : range;
    }

    private synchronized PulledRange find() {
        if (found == null) {
            List<FileStamp> files = new ArrayList<>();
            try {
                for (String path : parts()) {
                    addFiles(path, files);
                }
            } catch (IOException failed) {
                throw new MillraceException("input path '" + paths + "' cannot be read: " + failed, failed);
            }
            found = new FilesRange(
                    format.apply(files),
                    files.stream().map(TakenFile::ofNoBatch).toList());
        }
        return found;
    }

    /** The text itself if there is such a file, else its parts between commas. */
    private List<String> parts() {
        boolean isOne = paths.indexOf(',') < 0 || Files.exists(LocalPath.of(paths));
        return isOne ? List.of(paths) : splitAtCommas();
    }

    /** Commas between braces belong to a glob. */
    private List<String> splitAtCommas() {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i < paths.length(); i++) {
            char c = paths.charAt(i);
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            if (c == ',' && depth == 0) {
                parts.add(paths.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(paths.substring(start).strip());
        return parts;
    }

    private void addFiles(String text, List<FileStamp> files) throws IOException {
        Path path = LocalPath.of(text);
        List<Path> matches = Files.exists(path)
                ? List.of(path)
                : Globs.expand(path).stream()
                        .filter(found -> isData(found) && Files.exists(found))
                        .toList();
        if (matches.isEmpty()) {
            throw new MillraceException("input path does not exist: '" + text + "'"
                    + (Globs.isGlob(path) ? " matches nothing" : "") + ", looked for as " + path
                    + "; check the path, or write it before an action reads it");
        }
        for (Path match : matches) {
            addFiles(match, files);
        }
    }

    private void addFiles(Path path, List<FileStamp> files) throws IOException {
        if (!Files.isDirectory(path)) {
            files.add(FileStamp.of(path));
            return;
        }
        List<Path> children = new ArrayList<>(Globs.childrenOf(path));
        Collections.sort(children);
        for (Path child : children) {
            if (isData(child)) {
                addIfFile(child, files);
            }
        }
    }

    private static void addIfFile(Path path, List<FileStamp> files) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(path, BasicFileAttributes.class);
        } catch (NoSuchFileException gone) {
            return;
        }
        if (attributes.isRegularFile()) {
            files.add(FileStamp.of(path, attributes));
        }
    }

    /** Names that begin with a dot or an underscore are those of files about files, such as {@code _SUCCESS}. */
    private static boolean isData(Path path) {
        String name = path.getFileName().toString();
        return !name.startsWith(".") && !name.startsWith("_");
    }
}
