package io.millrace.ingest.file;

import io.millrace.ingest.source.PulledRange;
import io.millrace.ingest.source.RangeReader;
import java.io.IOException;
import java.util.List;

/** Files that were chosen, cut into partitions. */
final class FilesRange implements PulledRange {
    private final FileFormat format;
    private final List<FileStamp> files;
    private final List<List<FileSplit>> partitions;

    FilesRange(FileFormat format, List<FileStamp> files) {
        this.format = format;
        this.files = List.copyOf(files);
        this.partitions = format.partitions(this.files);
    }

    @Override
    public int partitionCount() {
        return partitions.size();
    }

    @Override
    public long weight() {
        return partitions.isEmpty() ? 0 : Math.max(1, format.weight(files));
    }

    @Override
    public RangeReader open(int partition) throws IOException {
        return format.open(partitions.get(partition));
    }

    @Override
    public List<String> names() {
        return files.stream().map(file -> file.path().toString()).toList();
    }
}
