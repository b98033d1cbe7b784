package io.millrace.ingest.file;

import io.millrace.api.MillraceException;
import io.millrace.ingest.source.RangeReader;
import io.millrace.offheap.codec.RecordClasses;
import io.millrace.offheap.codec.UnregisteredClassException;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.file.CorruptObjectFileException;
import io.millrace.offheap.file.ObjectFileReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.List;

/** Object files, as {@code saveAsObjectFile} writes them; each is a partition, and its rows keep their lanes. */
final class ObjectFormat implements FileFormat {
    /** A guess: numbers have 8 bytes and texts more. */
    private static final int BYTES_PER_ROW = 16;

    private final FileReading reading;
    private final RecordClasses classes;

    /** @param classes whose objects may be read */
    ObjectFormat(FileReading reading, RecordClasses classes) {
        this.reading = reading;
        this.classes = classes;
    }

    @Override
    public List<List<FileSplit>> partitions(List<FileStamp> files) {
        return Splits.each(files);
    }

    @Override
    public long partitionBytes() {
        return reading.partitionBytes();
    }

    @Override
    public long weight(List<FileStamp> files) {
        return files.stream().mapToLong(file -> file.size() / BYTES_PER_ROW).sum();
    }

    @Override
    public RangeReader open(List<FileSplit> partition) throws IOException {
        FileStamp file = partition.get(0).file();
        file.requireUnchanged();
        try {
            return new Reader(
                    file,
                    new ObjectFileReader(
                            file.path().toString(),
                            FileChannel.open(file.path()),
                            new ValueCodec(classes),
                            reading.ledger()));
        } catch (CorruptObjectFileException corrupt) {
            throw new MillraceException(corrupt.getMessage(), corrupt);
        }
    }

    private record Reader(FileStamp file, ObjectFileReader rows) implements RangeReader {
        @Override
        public boolean next(Chunk chunk) throws IOException {
            try {
                if (rows.next(chunk)) {
                    return true;
                }
            } catch (CorruptObjectFileException corrupt) {
                throw new MillraceException(corrupt.getMessage(), corrupt);
            } catch (UnregisteredClassException unregistered) {
                throw new MillraceException("file " + file.path() + ": " + unregistered.getMessage(), unregistered);
            }
            file.requireUnchangedWhileRead();
            return false;
        }

        @Override
        public void close() throws IOException {
            rows.close();
        }
    }
}
