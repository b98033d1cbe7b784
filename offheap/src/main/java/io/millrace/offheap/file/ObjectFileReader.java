package io.millrace.offheap.file;

import io.millrace.offheap.codec.ClassTable;
import io.millrace.offheap.codec.UnreadableRecordException;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryRegion;
import io.millrace.offheap.memory.MemoryUse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads an object file, in the format of {@code docs/object-file-format.md}, a frame at a time. A file that was cut is refused
 * before its first row; a frame in which anything changed is refused whole.
 *
 * <p>Thread: one owner. Memory: one frame off the heap, as {@link MemoryUse#FILE}; on the heap where the cap forbids that.
 */
public final class ObjectFileReader implements AutoCloseable {
    private final String name;
    private final SeekableByteChannel file;
    private final ValueCodec codec;
    private final MemoryLedger ledger;
    private final ClassTable table = new ClassTable();
    private final FrameColumnReader first;
    private final FrameColumnReader second;
    private final ByteBuffer header =
            ByteBuffer.allocate(ObjectFileDescriptor.FRAME_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);

    private final long fileBytes;
    private final long totalRows;
    private MemoryRegion region;
    private ByteBuffer bytes = ByteBuffer.allocate(0);
    private UnsafeBuffer buffer = new UnsafeBuffer(bytes);

    private long frameOffset;
    private int frameNumber;
    private long shownRows;
    private boolean isAtEnd;

    /**
     * A reader before the first row. Its beginning and its end have been checked.
     *
     * @param name of the file, for messages
     * @param file from its first byte to its last; closed by {@link #close}, and when this throws
     * @param codec for objects; this reader's own until it is closed
     * @param ledger pays for the frame
     * @throws IOException from the channel
     * @throws CorruptObjectFileException if it is no object file, is of another version, or was cut
     */
    public ObjectFileReader(String name, SeekableByteChannel file, ValueCodec codec, MemoryLedger ledger)
            throws IOException {
        this.name = name;
        this.file = file;
        this.codec = codec;
        this.ledger = ledger;
        this.first = new FrameColumnReader(codec);
        this.second = new FrameColumnReader(codec);
        codec.use(table);
        boolean isGood = false;
        try {
            fileBytes = file.size();
            checkBeginning();
            totalRows = checkEnd();
            frameOffset = ObjectFileDescriptor.FILE_HEADER_BYTES;
            isGood = true;
        } finally {
            if (!isGood) {
                close();
            }
        }
    }

    /**
     * How many rows the file has.
     *
     * @return 0 or more
     */
    public long rowCount() {
        return totalRows;
    }

    /**
     * Show the next rows.
     *
     * @param chunk is set to columns of this reader, valid until the next call
     * @return false at the end, with no rows in the chunk
     * @throws IOException from the channel
     * @throws CorruptObjectFileException if the next frame is not as it was written
     * @throws io.millrace.offheap.codec.UnregisteredClassException if its rows are of a class that this program did not register
     */
    public boolean next(Chunk chunk) throws IOException {
        while (!isAtEnd) {
            int kind = readFrame();
            switch (kind) {
                case ObjectFileDescriptor.ROWS, ObjectFileDescriptor.PAIRS -> {
                    show(chunk, kind == ObjectFileDescriptor.PAIRS);
                    return true;
                }
                case ObjectFileDescriptor.CLASSES -> learnClasses();
                default -> end();
            }
        }
        first.forget();
        second.forget();
        chunk.set(chunk.first(), 0);
        return false;
    }

    /** Give back memory and channel. Later calls do nothing. */
    @Override
    public void close() throws IOException {
        isAtEnd = true;
        first.forget();
        second.forget();
        buffer = new UnsafeBuffer(new byte[0]);
        if (region != null) {
            region.close();
            region = null;
        }
        file.close();
    }

    // ---- beginning and end ----

    private void checkBeginning() throws IOException {
        checkMagic();
        if (fileBytes < ObjectFileDescriptor.FILE_HEADER_BYTES + ObjectFileDescriptor.END_BYTES) {
            throw refused(
                    fileBytes,
                    "the file is cut; the smallest has "
                            + (ObjectFileDescriptor.FILE_HEADER_BYTES + ObjectFileDescriptor.END_BYTES) + " bytes");
        }
        ByteBuffer start =
                ByteBuffer.allocate(ObjectFileDescriptor.FILE_HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        readFully(start, 0);
        CRC32C crc = new CRC32C();
        crc.update(start.array(), 0, ObjectFileDescriptor.FILE_CHECKSUM_OFFSET);
        int said = start.getInt(ObjectFileDescriptor.FILE_CHECKSUM_OFFSET);
        if (said != (int) crc.getValue()) {
            throw refusedForChecksum(ObjectFileDescriptor.FILE_CHECKSUM_OFFSET, said, (int) crc.getValue());
        }
        int version = start.getShort(4) & 0xFFFF;
        if (version != ObjectFileDescriptor.VERSION) {
            throw refused(4, "version " + version + ", this reader knows version " + ObjectFileDescriptor.VERSION);
        }
        if (start.getShort(6) != 0 || start.getInt(8) != 0) {
            throw refused(6, "not zero");
        }
    }

    private void checkMagic() throws IOException {
        ByteBuffer start =
                ByteBuffer.allocate((int) Math.min(fileBytes, Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN);
        readFully(start, 0);
        if (start.capacity() == Integer.BYTES && start.getInt(0) != ObjectFileDescriptor.MAGIC) {
            throw refused(
                    0,
                    "not an object file: it begins with " + hex(start.getInt(0)) + ", and one begins with "
                            + hex(ObjectFileDescriptor.MAGIC)
                            + " (the bytes MROF); give what saveAsObjectFile has written");
        }
    }

    /** The last frame tells how many rows there are. Without it the file was cut. */
    private long checkEnd() throws IOException {
        frameOffset = fileBytes - ObjectFileDescriptor.END_BYTES;
        readHeader();
        boolean isEnd = header.get(ObjectFileDescriptor.KIND_OFFSET) == ObjectFileDescriptor.END
                && header.getInt(ObjectFileDescriptor.FIRST_LENGTH_OFFSET) == Long.BYTES
                && header.getInt(ObjectFileDescriptor.SECOND_LENGTH_OFFSET) == 0;
        if (!isEnd) {
            throw refused(frameOffset, "the end is missing: the file was cut, or was never finished");
        }
        readRest(Long.BYTES);
        return buffer.getLong(0, ByteOrder.LITTLE_ENDIAN);
    }

    private void end() {
        if (frameOffset != fileBytes) {
            throw refused(frameOffset, fileBytes - frameOffset + " bytes behind the end");
        }
        if (shownRows != totalRows) {
            throw refused(frameOffset, shownRows + " rows were found, " + totalRows + " were written");
        }
        isAtEnd = true;
    }

    // ---- frames ----

    /** Read the frame at {@link #frameOffset} and move behind it. Answers its kind; its bytes are right. */
    private int readFrame() throws IOException {
        readHeader();
        long length = (header.getInt(ObjectFileDescriptor.FIRST_LENGTH_OFFSET) & 0xFFFF_FFFFL)
                + (header.getInt(ObjectFileDescriptor.SECOND_LENGTH_OFFSET) & 0xFFFF_FFFFL);
        long left = fileBytes - frameOffset - ObjectFileDescriptor.FRAME_HEADER_BYTES;
        if (length > Math.min(left, Integer.MAX_VALUE - MemoryRegion.PADDING)) {
            throw refused(
                    frameOffset + ObjectFileDescriptor.FIRST_LENGTH_OFFSET,
                    "a frame of " + length + " bytes, where " + left + " are left");
        }
        readRest((int) length);
        int number = header.getInt(ObjectFileDescriptor.NUMBER_OFFSET);
        if (number != frameNumber) {
            throw refused(
                    frameOffset + ObjectFileDescriptor.NUMBER_OFFSET,
                    "frame number " + number + ", expected " + frameNumber);
        }
        checkKind();
        frameNumber++;
        frameOffset += ObjectFileDescriptor.FRAME_HEADER_BYTES + length;
        return header.get(ObjectFileDescriptor.KIND_OFFSET);
    }

    private void readHeader() throws IOException {
        if (fileBytes - frameOffset < ObjectFileDescriptor.FRAME_HEADER_BYTES) {
            throw refused(frameOffset, "the file ends here, within a frame");
        }
        readFully(header.clear(), frameOffset);
    }

    /** Read what follows the header, and hold the checksum against both. */
    private void readRest(int length) throws IOException {
        ensure(length);
        readFully(bytes.position(0).limit(length), frameOffset + ObjectFileDescriptor.FRAME_HEADER_BYTES);
        int said = header.getInt(ObjectFileDescriptor.CHECKSUM_OFFSET);
        int actual = ObjectFileDescriptor.checksum(header, bytes.position(0));
        if (said != actual) {
            throw refusedForChecksum(frameOffset + ObjectFileDescriptor.CHECKSUM_OFFSET, said, actual);
        }
    }

    /** From here on the bytes are what their writer meant; a writer may still be wrong. */
    private void checkKind() {
        int kind = header.get(ObjectFileDescriptor.KIND_OFFSET);
        boolean isOfRows = kind == ObjectFileDescriptor.ROWS || kind == ObjectFileDescriptor.PAIRS;
        if (kind < ObjectFileDescriptor.ROWS || kind > ObjectFileDescriptor.END) {
            throw refused(frameOffset, "frame of kind " + kind + ", expected 1 to 4");
        }
        int firstCode = header.get(ObjectFileDescriptor.FIRST_TYPE_OFFSET);
        if (isOfRows ? ObjectFileDescriptor.typeOf(firstCode) == null : firstCode != 0) {
            throw refused(frameOffset + ObjectFileDescriptor.FIRST_TYPE_OFFSET, "type " + firstCode);
        }
        int secondCode = header.get(ObjectFileDescriptor.SECOND_TYPE_OFFSET);
        boolean isPairs = kind == ObjectFileDescriptor.PAIRS;
        if (isPairs ? ObjectFileDescriptor.typeOf(secondCode) == null : secondCode != 0) {
            throw refused(frameOffset + ObjectFileDescriptor.SECOND_TYPE_OFFSET, "type " + secondCode);
        }
        if (!isPairs && header.getInt(ObjectFileDescriptor.SECOND_LENGTH_OFFSET) != 0) {
            throw refused(frameOffset + ObjectFileDescriptor.SECOND_LENGTH_OFFSET, "a second column without pairs");
        }
        if (header.get(ObjectFileDescriptor.ZERO_OFFSET) != 0) {
            throw refused(frameOffset + ObjectFileDescriptor.ZERO_OFFSET, "not zero");
        }
        int count = header.getInt(ObjectFileDescriptor.COUNT_OFFSET);
        if (isOfRows && (count < 1 || count > Chunk.MAX_ROWS)) {
            throw refused(
                    frameOffset + ObjectFileDescriptor.COUNT_OFFSET, count + " rows, expected 1 to " + Chunk.MAX_ROWS);
        }
    }

    private void show(Chunk chunk, boolean isPairs) {
        int rows = header.getInt(ObjectFileDescriptor.COUNT_OFFSET);
        int firstLength = header.getInt(ObjectFileDescriptor.FIRST_LENGTH_OFFSET);
        int secondLength = header.getInt(ObjectFileDescriptor.SECOND_LENGTH_OFFSET);
        long payloadOffset = frameOffset - firstLength - secondLength;
        try {
            Column values = first.read(typeAt(ObjectFileDescriptor.FIRST_TYPE_OFFSET), buffer, 0, firstLength, rows);
            if (isPairs) {
                ElementType type = typeAt(ObjectFileDescriptor.SECOND_TYPE_OFFSET);
                chunk.set(values, second.read(type, buffer, firstLength, secondLength, rows), rows);
            } else {
                chunk.set(values, rows);
            }
        } catch (FrameColumnReader.Wrong wrong) {
            throw new CorruptObjectFileException(name, payloadOffset + wrong.offset(), wrong.getMessage(), wrong);
        }
        shownRows += rows;
    }

    private ElementType typeAt(int offset) {
        return ObjectFileDescriptor.typeOf(header.get(offset));
    }

    private void learnClasses() {
        int length = header.getInt(ObjectFileDescriptor.FIRST_LENGTH_OFFSET);
        long payloadOffset = frameOffset - length;
        ByteBuffer texts = bytes.position(0).limit(length).slice().order(ByteOrder.LITTLE_ENDIAN);
        for (int left = header.getInt(ObjectFileDescriptor.COUNT_OFFSET); left > 0; left--) {
            long at = payloadOffset + texts.position();
            String className = text(texts, payloadOffset);
            String schema = text(texts, payloadOffset);
            try {
                codec.learn(className, schema);
            } catch (UnreadableRecordException unreadable) {
                throw new CorruptObjectFileException(name, at, unreadable.getMessage(), unreadable);
            }
        }
        if (texts.hasRemaining()) {
            throw refused(payloadOffset + texts.position(), texts.remaining() + " bytes behind the last class");
        }
    }

    private String text(ByteBuffer texts, long payloadOffset) {
        int length = texts.remaining() < Integer.BYTES ? -1 : texts.getInt();
        if (length < 0 || length > texts.remaining()) {
            throw refused(
                    payloadOffset + texts.position(),
                    "a name of " + length + " bytes, where " + texts.remaining() + " are left");
        }
        byte[] utf8 = new byte[length];
        texts.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    // ---- bytes ----

    private void ensure(int length) {
        if (length <= bytes.capacity()) {
            return;
        }
        if (region != null) {
            region.close();
            region = null;
        }
        int capacity = Math.max(length, Math.min(2 * ObjectFileWriter.FRAME_BYTES, (int) Math.min(fileBytes, 1 << 30)));
        region = ledger.tryAllocate(MemoryUse.FILE, capacity);
        if (region != null) {
            bytes = region.byteBuffer();
            buffer = region.buffer();
        } else {
            byte[] heap = new byte[capacity + MemoryRegion.PADDING];
            bytes = ByteBuffer.wrap(heap, 0, capacity).slice();
            buffer = new UnsafeBuffer(heap);
        }
    }

    private void readFully(ByteBuffer target, long offset) throws IOException {
        file.position(offset);
        while (target.hasRemaining()) {
            if (file.read(target) < 0) {
                throw refused(offset + target.position(), "the file ends here; it had " + fileBytes + " bytes before");
            }
        }
    }

    private static String hex(int value) {
        return "0x" + Integer.toHexString(value);
    }

    private CorruptObjectFileException refused(long offset, String what) {
        return new CorruptObjectFileException(name, offset, what, null);
    }

    private CorruptObjectFileException refusedForChecksum(long offset, int said, int actual) {
        return refused(offset, "checksum " + hex(said) + " written, " + hex(actual) + " computed");
    }
}
