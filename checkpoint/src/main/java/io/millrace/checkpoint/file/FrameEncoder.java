package io.millrace.checkpoint.file;

import static io.millrace.checkpoint.file.FrameDescriptor.DURABLE_OFFSET;
import static io.millrace.checkpoint.file.FrameDescriptor.EPOCH_OFFSET;
import static io.millrace.checkpoint.file.FrameDescriptor.HEADER_CHECKSUM_OFFSET;
import static io.millrace.checkpoint.file.FrameDescriptor.LENGTH_OFFSET;
import static io.millrace.checkpoint.file.FrameDescriptor.NUMBER_OFFSET;
import static io.millrace.checkpoint.file.FrameDescriptor.PAYLOAD_OFFSET;
import static io.millrace.checkpoint.file.FrameDescriptor.PREVIOUS_OFFSET;
import static io.millrace.checkpoint.file.FrameDescriptor.TAIL_BYTES;
import static io.millrace.checkpoint.file.FrameDescriptor.TYPE_OFFSET;
import static io.millrace.checkpoint.file.FrameDescriptor.VERSION_OFFSET;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes the frames of one file at a time, one behind the other in a buffer that grows and is used again. It keeps what the next
 * frame must carry: number and checksum of the one before. One owner; the buffer is freed by {@link #close}.
 */
public final class FrameEncoder implements AutoCloseable {

    private ByteBuffer bytes;
    private final UnsafeBuffer view;
    private int length;
    private FrameChecksum checksum;
    private int epoch;
    private long nextNumber = 1;
    private int previousChecksum;

    /**
     * An encoder.
     *
     * @param capacity bytes at first
     */
    public FrameEncoder(int capacity) {
        bytes = ByteBuffer.allocateDirect(capacity).order(ByteOrder.LITTLE_ENDIAN);
        view = new UnsafeBuffer(bytes);
    }

    /**
     * Make frames for a file from now on.
     *
     * @param header of the file
     */
    public void file(FileHeader header) {
        checksum = new FrameChecksum(header.fileId());
        epoch = (int) header.ownerEpoch();
    }

    /**
     * Continue the chain behind a frame.
     *
     * @param number of the next frame
     * @param checksumBefore of the frame before it
     */
    public void chain(long number, int checksumBefore) {
        nextNumber = number;
        previousChecksum = checksumBefore;
    }

    /**
     * Add a frame of the caller's.
     *
     * @param fileOffset where it will be in the file
     * @param durableUpTo what to say of the file
     * @param type 1 to {@link FrameDescriptor#MAX_TYPE}
     * @param version 0 to 65535
     * @param payload where its payload is
     * @param offset of the payload
     * @param payloadBytes 0 to {@link FrameDescriptor#MAX_PAYLOAD_BYTES}
     * @return its length, bytes
     */
    public int add(
            long fileOffset,
            long durableUpTo,
            int type,
            int version,
            DirectBuffer payload,
            int offset,
            int payloadBytes) {
        int frameBytes = encode(fileOffset, durableUpTo, type, version, payload, offset, payloadBytes);
        previousChecksum = bytes.getInt(length - TAIL_BYTES);
        nextNumber++;
        return frameBytes;
    }

    /**
     * Add a frame that stands outside the chain: the next one has the same number and the same frame before it.
     *
     * @param fileOffset where it will be in the file
     * @param durableUpTo what to say of the file
     * @param type {@link FrameDescriptor#MARK}, SEAL or TRAILER
     * @param numbers its payload
     * @return its length, bytes
     */
    public int addOutside(long fileOffset, long durableUpTo, int type, long... numbers) {
        UnsafeBuffer payload = new UnsafeBuffer(new byte[8 * numbers.length]);
        for (int i = 0; i < numbers.length; i++) {
            payload.putLong(8 * i, numbers[i], ByteOrder.LITTLE_ENDIAN);
        }
        return encode(fileOffset, durableUpTo, type, 0, payload, 0, payload.capacity());
    }

    private int encode(
            long fileOffset,
            long durableUpTo,
            int type,
            int version,
            DirectBuffer payload,
            int offset,
            int payloadBytes) {
        int frameBytes = FrameDescriptor.frameBytes(payloadBytes);
        ensure(length + frameBytes);
        int at = length;
        int tail = at + frameBytes - TAIL_BYTES;
        bytes.putInt(at + LENGTH_OFFSET, payloadBytes)
                .putShort(at + TYPE_OFFSET, (short) type)
                .putShort(at + VERSION_OFFSET, (short) version)
                .putLong(at + NUMBER_OFFSET, nextNumber)
                .putLong(at + DURABLE_OFFSET, durableUpTo)
                .putInt(at + PREVIOUS_OFFSET, previousChecksum)
                .putInt(at + EPOCH_OFFSET, epoch);
        bytes.putInt(at + HEADER_CHECKSUM_OFFSET, checksum.ofHeader(bytes, at, fileOffset));
        view.putBytes(at + PAYLOAD_OFFSET, payload, offset, payloadBytes);
        view.setMemory(at + PAYLOAD_OFFSET + payloadBytes, tail - at - PAYLOAD_OFFSET - payloadBytes, (byte) 0);
        bytes.putInt(tail, checksum.ofPayload(bytes, at, frameBytes));
        bytes.putInt(tail + 4, FrameDescriptor.END_MARK ^ payloadBytes);
        length += frameBytes;
        return frameBytes;
    }

    private void ensure(int capacity) {
        if (capacity <= bytes.capacity()) {
            return;
        }
        long doubled = Math.min(2L * bytes.capacity(), Integer.MAX_VALUE - 8);
        ByteBuffer larger =
                ByteBuffer.allocateDirect((int) Math.max(capacity, doubled)).order(ByteOrder.LITTLE_ENDIAN);
        larger.put(0, bytes, 0, length);
        BufferUtil.free(bytes);
        bytes = larger;
        view.wrap(larger);
    }

    /**
     * How much there is in the buffer.
     *
     * @return bytes
     */
    public int length() {
        return length;
    }

    /**
     * The number of the next frame.
     *
     * @return at least 1
     */
    public long nextNumber() {
        return nextNumber;
    }

    /**
     * The checksum that the next frame carries.
     *
     * @return of the last frame in the chain; 0 if there is none
     */
    public int previousChecksum() {
        return previousChecksum;
    }

    /**
     * Frames in the buffer, to be written.
     *
     * @param from where the first begins
     * @return the bytes from there to the end, valid until the next frame is added
     */
    public ByteBuffer bytesFrom(int from) {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).limit(length).position(from);
    }

    /**
     * Forget the last frames. The chain stays as it is.
     *
     * @param newLength what stays, bytes
     */
    public void cut(int newLength) {
        length = newLength;
    }

    /**
     * Forget the last frame, which was in the chain: the next one takes its number.
     *
     * @param frameBytes of the last frame
     */
    public void takeBack(int frameBytes) {
        length -= frameBytes;
        nextNumber = FrameDescriptor.number(view, length);
        previousChecksum = FrameDescriptor.previousChecksum(view, length);
    }

    /**
     * Forget the first frames; those behind them move to the buffer's beginning. The chain stays as it is.
     *
     * @param gone from the buffer's beginning to a frame's, bytes
     */
    public void drop(int gone) {
        view.putBytes(0, view, gone, length - gone);
        length -= gone;
    }

    @Override
    public void close() {
        BufferUtil.free(bytes);
    }
}
