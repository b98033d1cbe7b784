package io.millrace.ingest.file;

import io.millrace.ingest.source.RangeReader;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.RefColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Pairs of a file's path and what stands for the whole file; small files share a partition. */
final class WholeFilesFormat implements FileFormat {
    /** Makes a record's value of a file. */
    interface Content {
        Object of(FileStamp file) throws IOException;
    }

    private final FileReading reading;
    private final Content content;

    WholeFilesFormat(FileReading reading, Content content) {
        this.reading = reading;
        this.content = content;
    }

    /** The file's bytes as UTF-8, with U+FFFD for what is not. */
    static String text(FileStamp file) throws IOException {
        return new String(new StampedFile(file).toArray(), StandardCharsets.UTF_8);
    }

    @Override
    public List<List<FileSplit>> partitions(List<FileStamp> files) {
        return Splits.gather(files, reading.partitionBytes());
    }

    @Override
    public long partitionBytes() {
        return reading.partitionBytes();
    }

    @Override
    public long weight(List<FileStamp> files) {
        return files.size();
    }

    @Override
    public RangeReader open(List<FileSplit> partition) {
        return new Reader(partition);
    }

    /** One file a chunk: it may be large. */
    private final class Reader implements RangeReader {
        private final List<FileSplit> files;
        private final RefColumn paths = new RefColumn();
        private final RefColumn contents = new RefColumn();
        private int next;

        Reader(List<FileSplit> files) {
            this.files = files;
        }

        @Override
        public boolean next(Chunk chunk) throws IOException {
            close();
            if (next == files.size()) {
                chunk.set(paths, contents, 0);
                return false;
            }
            FileStamp file = files.get(next++).file();
            paths.values()[0] = file.path().toString();
            contents.values()[0] = content.of(file);
            chunk.set(paths, contents, 1);
            return true;
        }

        @Override
        public void close() {
            paths.clear(1);
            contents.clear(1);
        }
    }
}
