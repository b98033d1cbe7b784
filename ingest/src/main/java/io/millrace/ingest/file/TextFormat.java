package io.millrace.ingest.file;

import io.millrace.ingest.source.RangeReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Lines of UTF-8 text, plain or, by the file's name, gzipped. A plain file is split, a gzipped one cannot be. */
final class TextFormat implements FileFormat {
    private static final int GUESSED_LINE_BYTES = 64;
    private static final String GZIP = ".gz";
    private static final int GZIP_BUFFER_BYTES = 16 << 10;

    private final FileReading reading;

    TextFormat(FileReading reading) {
        this.reading = reading;
    }

    @Override
    public List<List<FileSplit>> partitions(List<FileStamp> files) {
        List<List<FileSplit>> partitions = new ArrayList<>();
        for (FileStamp file : files) {
            List<FileStamp> one = List.of(file);
            partitions.addAll(isGzip(file) ? Splits.each(one) : Splits.cut(one, reading.partitionBytes(), 1));
        }
        return partitions;
    }

    @Override
    public long partitionBytes() {
        return reading.partitionBytes();
    }

    @Override
    public long weight(List<FileStamp> files) {
        return files.stream().mapToLong(FileStamp::size).sum() / GUESSED_LINE_BYTES;
    }

    @Override
    public RangeReader open(List<FileSplit> partition) throws IOException {
        FileSplit split = partition.get(0);
        FileStamp file = split.file();
        file.requireUnchanged();
        if (isGzip(file)) {
            return gzipped(file);
        }
        SeekableByteChannel channel = FileChannel.open(file.path());
        try {
            channel.position(Math.max(0, split.start() - 1));
            return new LineReader(reading, file, channel, split.start(), split.end());
        } catch (Throwable failed) {
            channel.close();
            throw failed;
        }
    }

    private RangeReader gzipped(FileStamp file) throws IOException {
        InputStream packed = Files.newInputStream(file.path());
        try {
            InputStream plain = new GZIPInputStream(packed, GZIP_BUFFER_BYTES);
            return new LineReader(reading, file, Channels.newChannel(plain), 0, Long.MAX_VALUE);
        } catch (Throwable failed) {
            packed.close();
            throw failed;
        }
    }

    private static boolean isGzip(FileStamp file) {
        return file.path().toString().endsWith(GZIP);
    }
}
