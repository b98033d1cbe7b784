package io.millrace.ingest.file;

import io.millrace.ingest.source.RangeReader;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.RefColumn;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;

/** Pairs of a file's path and its whole content, as text or as bytes; small files share a partition. */
final class WholeFilesFormat implements FileFormat {
    /** No array is longer, whatever the JVM. */
    private static final long MAX_BYTES = Integer.MAX_VALUE - 16;

    private final FileReading reading;
    private final boolean isText;

    WholeFilesFormat(FileReading reading, boolean isText) {
        this.reading = reading;
        this.isText = isText;
    }

    @Override
    public List<List<FileSplit>> partitions(List<FileStamp> files) {
        return Splits.gather(files, reading.partitionBytes());
    }

    @Override
    public long weight(List<FileStamp> files) {
        return files.size();
    }

    @Override
    public RangeReader open(List<FileSplit> partition) {
        return new Reader(partition);
    }

    private Object contentOf(FileStamp file) throws IOException {
        if (file.size() > MAX_BYTES) {
            throw new IOException("file " + file.path() + " has " + file.size() + " bytes, and a record at most "
                    + MAX_BYTES + "; read it by lines with textFile, or by fixed-length records");
        }
        file.requireUnchanged();
        byte[] bytes = Files.readAllBytes(file.path());
        file.requireUnchangedWhileRead();
        return isText ? new String(bytes, StandardCharsets.UTF_8) : bytes;
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
            contents.values()[0] = contentOf(file);
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
