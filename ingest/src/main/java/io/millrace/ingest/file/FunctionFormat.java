package io.millrace.ingest.file;

import io.millrace.api.function.Function;
import io.millrace.ingest.source.RangeReader;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.RefColumn;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;

/** Whatever a function of the program makes of a file; each file is a partition. */
final class FunctionFormat implements FileFormat {
    private static final int GUESSED_RECORD_BYTES = 64;

    private final Function<Path, ? extends Iterator<?>> function;

    FunctionFormat(Function<Path, ? extends Iterator<?>> function) {
        this.function = function;
    }

    @Override
    public List<List<FileSplit>> partitions(List<FileStamp> files) {
        return Splits.each(files);
    }

    @Override
    public long partitionBytes() {
        return Long.MAX_VALUE;
    }

    @Override
    public long weight(List<FileStamp> files) {
        return files.size() + files.stream().mapToLong(FileStamp::size).sum() / GUESSED_RECORD_BYTES;
    }

    @Override
    public RangeReader open(List<FileSplit> partition) {
        return new Reader(partition.get(0).file());
    }

    private final class Reader implements RangeReader {
        private final FileStamp file;
        private final RefColumn column = new RefColumn();
        private Iterator<?> records;
        private int rows;

        Reader(FileStamp file) {
            this.file = file;
        }

        @Override
        public boolean next(Chunk chunk) throws Exception {
            if (records == null) {
                begin();
            }
            column.clear(rows);
            rows = 0;
            while (rows < Chunk.MAX_ROWS && records.hasNext()) {
                column.values()[rows++] = records.next();
            }
            chunk.set(column, rows);
            if (rows == 0) {
                file.requireUnchangedWhileRead();
            }
            return rows > 0;
        }

        private void begin() throws Exception {
            file.requireUnchanged();
            records = function.call(file.path());
            if (records == null) {
                throw new IllegalArgumentException("fileStream: the function that reads a file returned null for "
                        + file.path() + "; return an empty iterator where there are no records");
            }
        }

        @Override
        public void close() throws IOException {
            column.clear(rows);
            rows = 0;
            if (records instanceof AutoCloseable open) {
                try {
                    open.close();
                } catch (IOException | RuntimeException failed) {
                    throw failed;
                } catch (Exception failed) {
                    throw new IOException(
                            "the iterator over " + file.path() + " could not be closed: " + failed, failed);
                }
            }
        }
    }
}
