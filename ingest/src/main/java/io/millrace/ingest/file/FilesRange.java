package io.millrace.ingest.file;

import io.millrace.api.FileChangedException;
import io.millrace.ingest.source.PulledRange;
import io.millrace.ingest.source.RangeReader;
import java.io.IOException;
import java.util.List;

/** Files that were chosen, cut into partitions. What describes them is made when it is first asked for. */
final class FilesRange implements PulledRange {
    private final FileFormat format;
    private final List<FileStamp> files;
    private final List<List<FileSplit>> partitions;
    private final long batchMs;
    /** Guarded by this; null before it is asked for. */
    private byte[] description;

    /** @param batchMs the time of the batch that reads them; {@link TakenFile#NEVER} for a dataset */
    FilesRange(FileFormat format, List<FileStamp> files, long batchMs) {
        this.format = format;
        this.files = List.copyOf(files);
        this.partitions = format.partitions(this.files);
        this.batchMs = batchMs;
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

    @Override
    public synchronized byte[] describe() {
        if (description == null) {
            List<TakenFile> taken = files.stream()
                    .map(file -> new TakenFile(file, digestOf(file), batchMs))
                    .toList();
            description = new FileShare(format.partitionBytes(), taken).toBytes();
        }
        return description.clone();
    }

    /** None of a file that has changed already: reading it fails. */
    private static FileDigest digestOf(FileStamp file) {
        try {
            FileDigest digest = FileDigest.of(file);
            file.requireUnchanged();
            return digest;
        } catch (IOException | FileChangedException unreadable) {
            return FileDigest.UNKNOWN;
        }
    }
}
