package io.millrace.ingest.file;

import io.millrace.ingest.source.RangeReader;
import java.io.IOException;
import java.util.List;

/** How files become partitions, and partitions rows. Immutable. Thread: any. */
interface FileFormat {
    /** The partitions, in the order of the files; each holds at least one split. */
    List<List<FileSplit>> partitions(List<FileStamp> files);

    /** A file that can be split is cut into partitions of at most so many bytes; any number where none can be. */
    long partitionBytes();

    /** About how many rows are in the files. */
    long weight(List<FileStamp> files);

    /** Read one of the {@link #partitions}. The caller closes the reader. */
    RangeReader open(List<FileSplit> partition) throws IOException;
}
