package io.millrace.offheap.file;

import io.millrace.offheap.codec.ByteBuilder;
import io.millrace.offheap.codec.ClassTable;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.Chunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * Writes chunks to an object file, in the format of {@code docs/object-file-format.md}. Small chunks of the same types share a
 * frame. Numbers go from column to file without becoming objects.
 *
 * <p>Thread: one owner. Memory: on the heap, about twice a frame, which is {@value #FRAME_BYTES} bytes, or the longest row.
 */
public final class ObjectFileWriter {
    /** A frame that has so many bytes is written. */
    static final int FRAME_BYTES = 256 << 10;

    private static final int MAX_ROWS = 1024;
    private static final int STEP_BYTES = 64 << 10;

    private final ValueCodec codec;
    private final FrameColumnWriter first;
    private final FrameColumnWriter second;
    private final ByteBuilder frame = new ByteBuilder(1024);

    private WritableByteChannel out;
    private ClassTable table;
    private int writtenClasses;
    private int frameNumber;
    private boolean isPairs;
    private int rows;
    private long totalRows;

    /**
     * A writer of one file after the other.
     *
     * @param codec for objects; this writer's own
     */
    public ObjectFileWriter(ValueCodec codec) {
        this.codec = codec;
        this.first = new FrameColumnWriter(codec);
        this.second = new FrameColumnWriter(codec);
    }

    /**
     * Begin a file.
     *
     * @param channel empty; stays the caller's
     * @throws IOException from the channel
     */
    public void begin(WritableByteChannel channel) throws IOException {
        out = channel;
        table = new ClassTable();
        codec.use(table);
        writtenClasses = 0;
        frameNumber = 0;
        rows = 0;
        totalRows = 0;
        frame.truncate(0);
        frame.putInt(ObjectFileDescriptor.MAGIC);
        frame.putShort(ObjectFileDescriptor.VERSION);
        frame.putShort(0);
        frame.putInt(0);
        CRC32C crc = new CRC32C();
        crc.update(frame.array(), 0, frame.length());
        frame.putInt((int) crc.getValue());
        writeOut();
    }

    /**
     * Write the rows of a chunk.
     *
     * @param chunk is read during the call only
     * @throws IOException from the channel
     * @throws io.millrace.offheap.codec.UnregisteredClassException at the first object of a class that is not registered; the
     *     file is then good for nothing
     */
    public void write(Chunk chunk) throws IOException {
        if (chunk.rows() == 0) {
            return;
        }
        boolean fits = rows > 0
                && isPairs == chunk.isPair()
                && first.type() == chunk.first().type()
                && (!isPairs || second.type() == chunk.second().type());
        if (!fits) {
            flush();
            start(chunk);
        }
        for (int row = 0; row < chunk.rows(); row++) {
            first.append(chunk.first(), row);
            if (isPairs) {
                second.append(chunk.second(), row);
            }
            rows++;
            if (rows == MAX_ROWS || first.bytes() + (long) second.bytes() >= FRAME_BYTES) {
                flush();
                start(chunk);
            }
        }
    }

    /**
     * End the file: write what is held, and the end without which no reader takes it.
     *
     * @throws IOException from the channel
     */
    public void finish() throws IOException {
        flush();
        beginFrame(ObjectFileDescriptor.END, 0, 0, 0);
        frame.putLong(totalRows);
        endFrame(Long.BYTES, 0);
    }

    private void start(Chunk chunk) {
        isPairs = chunk.isPair();
        first.start(chunk.first().type());
        second.start(isPairs ? chunk.second().type() : first.type());
    }

    private void flush() throws IOException {
        if (rows == 0) {
            return;
        }
        writeClasses();
        beginFrame(
                isPairs ? ObjectFileDescriptor.PAIRS : ObjectFileDescriptor.ROWS,
                ObjectFileDescriptor.codeOf(first.type()),
                isPairs ? ObjectFileDescriptor.codeOf(second.type()) : 0,
                rows);
        first.appendTo(frame);
        second.appendTo(frame);
        endFrame(first.bytes(), second.bytes());
        totalRows += rows;
        rows = 0;
    }

    /** Classes come before the first row that names them. */
    private void writeClasses() throws IOException {
        if (writtenClasses == table.size()) {
            return;
        }
        int until = table.size();
        beginFrame(ObjectFileDescriptor.CLASSES, 0, 0, until - writtenClasses);
        for (int id = writtenClasses; id < until; id++) {
            putText(codec.nameOf(id));
            putText(codec.schemaOf(id));
        }
        endFrame(frame.length() - ObjectFileDescriptor.FRAME_HEADER_BYTES, 0);
        writtenClasses = until;
    }

    private void putText(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        frame.putInt(utf8.length);
        frame.putBytes(utf8, 0, utf8.length);
    }

    private void beginFrame(int kind, int firstType, int secondType, int count) {
        frame.truncate(0);
        frame.putByte(kind);
        frame.putByte(firstType);
        frame.putByte(secondType);
        frame.putByte(0);
        frame.putInt(count);
        frame.putInt(0);
        frame.putInt(0);
        frame.putInt(frameNumber++);
        frame.putInt(0);
    }

    private void endFrame(int firstLength, int secondLength) throws IOException {
        frame.setInt(ObjectFileDescriptor.FIRST_LENGTH_OFFSET, firstLength);
        frame.setInt(ObjectFileDescriptor.SECOND_LENGTH_OFFSET, secondLength);
        ByteBuffer bytes = ByteBuffer.wrap(frame.array(), 0, frame.length()).order(ByteOrder.LITTLE_ENDIAN);
        ByteBuffer rest = bytes.duplicate().position(ObjectFileDescriptor.FRAME_HEADER_BYTES);
        frame.setInt(ObjectFileDescriptor.CHECKSUM_OFFSET, ObjectFileDescriptor.checksum(bytes, rest));
        writeOut();
    }

    /** In steps: a channel copies what it is given from the heap, all of it, off the heap first. */
    private void writeOut() throws IOException {
        for (int at = 0; at < frame.length(); at += STEP_BYTES) {
            ByteBuffer step = ByteBuffer.wrap(frame.array(), at, Math.min(STEP_BYTES, frame.length() - at));
            while (step.hasRemaining()) {
                out.write(step);
            }
        }
    }
}
