package io.millrace.ingest.file;

import io.millrace.ingest.source.PulledRange;
import io.millrace.offheap.codec.RecordClasses;
import java.util.List;

/**
 * Files as datasets, by their paths: what {@code textFile} and its like read.
 *
 * <p>A path is a file, a directory, a glob of either, or several of these with commas between them. Of a directory, and of what a
 * glob finds, files whose names begin with {@code .} or {@code _} are left out, and sub-directories too; the others are read by
 * name. So a directory written by {@code saveAsTextFile} can be read.
 *
 * <p>Nothing is looked at until the range is first asked for its partitions. From then on the range means the files as they
 * were: when one has changed, reading it fails and names it. What is not there is a {@link io.millrace.api.MillraceException}
 * at that first question; the next question looks again.
 *
 * <pre>{@code
 * PulledRange lines = new FileRanges(reading).text("/data/2024-*", 4);      // returns at once
 * lines.partitionCount();                                                   // looks
 * }</pre>
 */
public final class FileRanges {
    private final FileReading reading;

    /** @param reading memory and sizes for all ranges made here */
    public FileRanges(FileReading reading) {
        this.reading = reading;
    }

    /**
     * Lines of UTF-8 text, ended by LF, CR LF or CR; files whose names end in {@code .gz} are unpacked.
     *
     * @param minPartitions the files are cut into about so many partitions, or more
     */
    public PulledRange text(String paths, int minPartitions) {
        return new PathsRange(paths, files -> new TextFormat(inParts(files, minPartitions)));
    }

    /**
     * Records of {@code recordLength} bytes, as {@code byte[]}.
     *
     * @throws IllegalArgumentException if no record of that length may be taken
     */
    public PulledRange fixedLength(String paths, int recordLength) {
        FileFormat format = new FixedLengthFormat(reading, recordLength);
        return new PathsRange(paths, files -> format);
    }

    /** Pairs of a file's path and its text; invalid UTF-8 becomes U+FFFD. Small files share a partition. */
    public PulledRange wholeTexts(String paths, int minPartitions) {
        return new PathsRange(
                paths, files -> new WholeFilesFormat(inParts(files, minPartitions), WholeFilesFormat::text));
    }

    /** Pairs of a file's path and an {@link io.millrace.api.PortableDataStream} that reads it. Small files share a partition. */
    public PulledRange wholeFiles(String paths, int minPartitions) {
        return new PathsRange(paths, files -> new WholeFilesFormat(inParts(files, minPartitions), StampedFile::new));
    }

    /**
     * The records of object files, which {@code saveAsObjectFile} writes; a partition per file.
     *
     * @param classes whose objects may be read
     */
    public PulledRange objects(String paths, RecordClasses classes) {
        FileFormat format = new ObjectFormat(reading, classes);
        return new PathsRange(paths, files -> format);
    }

    private FileReading inParts(List<FileStamp> files, int minPartitions) {
        long bytes = files.stream().mapToLong(FileStamp::size).sum();
        long each = (bytes + Math.max(1, minPartitions) - 1) / Math.max(1, minPartitions);
        return reading.withPartitionBytes(Math.max(1, Math.min(reading.partitionBytes(), each)));
    }
}
