package io.millrace.checkpoint.file;

import static io.millrace.checkpoint.file.FrameDescriptor.DURABLE_OFFSET;
import static io.millrace.checkpoint.file.FrameDescriptor.EPOCH_OFFSET;
import static io.millrace.checkpoint.file.FrameDescriptor.HEADER_CHECKSUM_OFFSET;
import static io.millrace.checkpoint.file.FrameDescriptor.MAX_PAYLOAD_BYTES;
import static io.millrace.checkpoint.file.FrameDescriptor.MIN_FRAME_BYTES;
import static io.millrace.checkpoint.file.FrameDescriptor.NUMBER_OFFSET;
import static io.millrace.checkpoint.file.FrameDescriptor.PAYLOAD_OFFSET;
import static io.millrace.checkpoint.file.FrameDescriptor.PREVIOUS_OFFSET;
import static io.millrace.checkpoint.file.FrameDescriptor.TAIL_BYTES;
import static io.millrace.checkpoint.file.FrameDescriptor.TYPE_OFFSET;
import static io.millrace.checkpoint.file.FrameDescriptor.VERSION_OFFSET;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads the frames of one file by ordinary reads, through a window. A frame is shown only when all of it is verified; what is
 * chained (number, checksum before, epoch) is for the caller to compare. One owner; the window is freed by {@link #close}.
 */
public final class FrameCursor implements AutoCloseable {

    private static final int WINDOW_BYTES = 1 << 20;

    private final StoreFile file;
    private final long size;
    private final int fileEpoch;
    private final FrameChecksum checksum;
    private final UnsafeBuffer payload = new UnsafeBuffer(0, 0);
    private ByteBuffer window;
    private long windowOffset;
    private int windowLength;
    private int at;
    private int payloadBytes;
    private Damage damage;

    /**
     * A cursor.
     *
     * @param file open; it stays the caller's
     * @param header of the file
     * @throws IOException if the file's size cannot be known
     */
    public FrameCursor(StoreFile file, FileHeader header) throws IOException {
        this.file = file;
        this.size = file.size();
        this.fileEpoch = (int) header.ownerEpoch();
        this.checksum = new FrameChecksum(header.fileId());
        this.window = allocate((int) Math.min(WINDOW_BYTES, size));
    }

    /**
     * Read the frame at an offset.
     *
     * @param offset in the file
     * @return whether there is a valid one, which the accessors now show; if not, {@link #damage} says why
     * @throws IOException if the file cannot be read
     */
    public boolean read(long offset) throws IOException {
        return hasHeader(offset) && hasPayload(offset);
    }

    private boolean hasHeader(long offset) throws IOException {
        if (offset + MIN_FRAME_BYTES > size) {
            return fail(new Damage(file.name(), offset, "the file ends at " + size));
        }
        ensure(offset, MIN_FRAME_BYTES);
        payloadBytes = window.getInt(at);
        if (payloadBytes < 0 || payloadBytes > MAX_PAYLOAD_BYTES) {
            return fail(new Damage(
                    file.name(),
                    offset,
                    "a payload of " + payloadBytes + " bytes, expected 0 to " + MAX_PAYLOAD_BYTES));
        }
        int expected = window.getInt(at + HEADER_CHECKSUM_OFFSET);
        int actual = checksum.ofHeader(window, at, offset);
        if (actual != expected) {
            return fail(Damage.ofChecksum(
                    file.name(), offset, "the checksum of the frame's header does not match", expected, actual));
        }
        if (window.getInt(at + EPOCH_OFFSET) != fileEpoch) {
            return fail(new Damage(
                    file.name(),
                    offset,
                    "written by owner epoch " + window.getInt(at + EPOCH_OFFSET) + ", the file is of epoch "
                            + fileEpoch));
        }
        return true;
    }

    private boolean hasPayload(long offset) throws IOException {
        int frameBytes = FrameDescriptor.frameBytes(payloadBytes);
        if (offset + frameBytes > size) {
            return fail(
                    new Damage(file.name(), offset, "a frame of " + frameBytes + " bytes, the file ends at " + size));
        }
        ensure(offset, frameBytes);
        int tail = at + frameBytes - TAIL_BYTES;
        int expected = window.getInt(tail);
        int actual = checksum.ofPayload(window, at, frameBytes);
        if (actual != expected) {
            return fail(
                    Damage.ofChecksum(file.name(), offset, "the frame's checksum does not match", expected, actual));
        }
        if (window.getInt(tail + 4) != (FrameDescriptor.END_MARK ^ payloadBytes)) {
            return fail(new Damage(file.name(), offset, "the frame's end mark is missing"));
        }
        payload.wrap(window, at + PAYLOAD_OFFSET, payloadBytes);
        damage = null;
        return true;
    }

    private boolean fail(Damage what) {
        damage = what;
        return false;
    }

    /**
     * Find the next valid frame, wherever it begins.
     *
     * @param from an offset in the file, a multiple of 8
     * @return its offset, with the accessors showing it; or -1
     * @throws IOException if the file cannot be read
     */
    public long find(long from) throws IOException {
        for (long offset = from; offset + MIN_FRAME_BYTES <= size; offset += 8) {
            ensure(offset, MIN_FRAME_BYTES);
            // Zeros are no frame, since a type is at least 1; most of a segment is zeros.
            if (window.getLong(at) != 0 && read(offset)) {
                return offset;
            }
        }
        return -1;
    }

    /**
     * Where the bytes end that are not zero.
     *
     * @param from an offset in the file
     * @return the offset behind the last such byte, {@code from} if there is none
     * @throws IOException if the file cannot be read
     */
    public long endOfBytes(long from) throws IOException {
        long end = from;
        for (long offset = from; offset < size; offset += Long.BYTES) {
            int length = (int) Math.min(Long.BYTES, size - offset);
            ensure(offset, length);
            if (length < Long.BYTES || window.getLong(at) != 0) {
                for (int i = 0; i < length; i++) {
                    end = window.get(at + i) == 0 ? end : offset + i + 1;
                }
            }
        }
        return end;
    }

    private void ensure(long offset, int length) throws IOException {
        boolean isInside = offset >= windowOffset && offset + length <= windowOffset + windowLength;
        if (!isInside) {
            if (length > window.capacity()) {
                BufferUtil.free(window);
                window = allocate(length);
            }
            windowOffset = offset;
            windowLength = 0;
            window.clear().limit((int) Math.min(window.capacity(), size - offset));
            int count = window.remaining();
            file.read(offset, window);
            window.clear();
            windowLength = count;
        }
        at = (int) (offset - windowOffset);
    }

    private static ByteBuffer allocate(int capacity) {
        return ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Why the last {@link #read} found no frame.
     *
     * @return what is wrong where
     */
    public Damage damage() {
        return damage;
    }

    /**
     * How long the frame is.
     *
     * @return bytes, a multiple of 8
     */
    public int frameBytes() {
        return FrameDescriptor.frameBytes(payloadBytes);
    }

    /**
     * The frame's type.
     *
     * @return 0 to 255
     */
    public int type() {
        return window.get(at + TYPE_OFFSET) & 0xFF;
    }

    /**
     * The version of the frame's record.
     *
     * @return 0 to 65535
     */
    public int version() {
        return window.getShort(at + VERSION_OFFSET) & 0xFFFF;
    }

    /**
     * The frame's number.
     *
     * @return at least 1
     */
    public long number() {
        return window.getLong(at + NUMBER_OFFSET);
    }

    /**
     * What the frame says of its file.
     *
     * @return the bytes of the file that were durable when it was made
     */
    public long durableUpTo() {
        return window.getLong(at + DURABLE_OFFSET);
    }

    /**
     * The checksum of the frame before.
     *
     * @return a CRC32C
     */
    public int previousChecksum() {
        return window.getInt(at + PREVIOUS_OFFSET);
    }

    /**
     * The frame's checksum, which the next frame carries.
     *
     * @return a CRC32C
     */
    public int frameChecksum() {
        return window.getInt(at + frameBytes() - TAIL_BYTES);
    }

    /**
     * The frame's payload.
     *
     * @return a view, valid until the next call
     */
    public DirectBuffer payload() {
        return payload;
    }

    /**
     * All of the frame's bytes, as in the file.
     *
     * @return a view, valid until the next call
     */
    public ByteBuffer bytes() {
        return window.duplicate().limit(at + frameBytes()).position(at);
    }

    @Override
    public void close() {
        BufferUtil.free(window);
    }
}
