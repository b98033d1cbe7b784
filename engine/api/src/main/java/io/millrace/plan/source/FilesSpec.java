package io.millrace.plan.source;

import io.millrace.api.function.Function;
import io.millrace.type.RecordType;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Files that appear in a directory, each read once (guide, "File Streams").
 *
 * @param directory a directory, or a glob of directories such as {@code /data/2024-*}
 * @param content what is in a file
 * @param filter which files count; null means those whose names do not begin with a dot and do not end with
 *     {@code ._COPYING_}
 * @param newFilesOnly whether files count that were there, and not modified since, when the stream was defined
 * @param definedMs when the stream was defined: milliseconds since the epoch, by the engine's clock
 */
public record FilesSpec(
        String directory, FileContent content, Function<Path, Boolean> filter, boolean newFilesOnly, long definedMs)
        implements SourceSpec {
    /** Directory and content may not be null. */
    public FilesSpec {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(content, "content");
    }

    @Override
    public String name() {
        return "files " + directory;
    }

    @Override
    public RecordType recordType() {
        return content.recordType();
    }
}
