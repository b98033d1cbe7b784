package io.millrace.ingest.file;

import io.millrace.ingest.source.RangeReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.util.List;

/** Records of one length, one behind the other; files are split between records. */
final class FixedLengthFormat implements FileFormat {
    private final FileReading reading;
    private final int recordLength;

    /** @throws IllegalArgumentException if no record of that length may be taken */
    FixedLengthFormat(FileReading reading, int recordLength) {
        if (recordLength < 1 || recordLength > reading.maxRecordBytes()) {
            throw new IllegalArgumentException("the record length is " + recordLength + " bytes, expected 1 to "
                    + reading.maxRecordBytes() + "; raise millrace.maxRecordBytes for longer records");
        }
        this.reading = reading;
        this.recordLength = recordLength;
    }

    @Override
    public List<List<FileSplit>> partitions(List<FileStamp> files) {
        return Splits.cut(files, reading.partitionBytes(), recordLength);
    }

    @Override
    public long partitionBytes() {
        return reading.partitionBytes();
    }

    @Override
    public long weight(List<FileStamp> files) {
        return files.stream().mapToLong(file -> file.size() / recordLength).sum();
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if the file does not consist of whole records: none of them is shown then
     */
    @Override
    public RangeReader open(List<FileSplit> partition) throws IOException {
        FileSplit split = partition.get(0);
        FileStamp file = split.file();
        file.requireUnchanged();
        if (file.size() % recordLength != 0) {
            throw new IllegalArgumentException("file " + file.path() + " has " + file.size()
                    + " bytes, which are no whole"
                    + " records of " + recordLength + " bytes: the byte array length of the last one, "
                    + file.size() % recordLength + ", does not equal the record length; give its true record length, or"
                    + " mend the file");
        }
        SeekableByteChannel channel = FileChannel.open(file.path());
        try {
            channel.position(split.start());
            return new FixedLengthReader(reading, split, recordLength, channel);
        } catch (Throwable failed) {
            channel.close();
            throw failed;
        }
    }
}
