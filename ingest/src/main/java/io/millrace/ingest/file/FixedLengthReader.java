package io.millrace.ingest.file;

import io.millrace.ingest.source.RangeReader;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.ElementType;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ReadableByteChannel;

/** Records of one length, shown where they lie in a window over the file. */
final class FixedLengthReader implements RangeReader {
    private final FileSplit split;
    private final int recordLength;
    private final ReadableByteChannel channel;
    private final FileWindow window;
    private final BytesColumn column = new BytesColumn();
    private long recordsLeft;

    /** @param channel stands at the split's start; closed with this reader */
    FixedLengthReader(FileReading reading, FileSplit split, int recordLength, ReadableByteChannel channel) {
        this.split = split;
        this.recordLength = recordLength;
        this.channel = channel;
        this.recordsLeft = split.bytes() / recordLength;
        long rows = Math.max(1, Math.min(recordsLeft, Math.min(Chunk.MAX_ROWS, reading.windowBytes() / recordLength)));
        this.window = new FileWindow(reading.ledger(), Math.toIntExact(rows * recordLength));
    }

    @Override
    public boolean next(Chunk chunk) throws IOException {
        int rows = (int) Math.min(recordsLeft, window.capacity() / recordLength);
        if (rows == 0) {
            chunk.set(column, 0);
            split.file().requireUnchangedWhileRead();
            return false;
        }
        window.clear();
        while (window.limit() < rows * recordLength) {
            if (window.readFrom(channel) < 0) {
                split.file().requireUnchanged();
                throw new EOFException(split + " end early, " + recordsLeft + " records of " + recordLength
                        + " bytes before the end; read it again");
            }
        }
        // The window may have taken in bytes of the next split, behind the last row.
        column.wrap(window.buffer(), ElementType.BYTES);
        for (int row = 0; row < rows; row++) {
            column.starts()[row] = row * recordLength;
            column.ends()[row] = (row + 1) * recordLength;
        }
        recordsLeft -= rows;
        chunk.set(column, rows);
        return true;
    }

    @Override
    public void close() throws IOException {
        window.close();
        channel.close();
    }
}
