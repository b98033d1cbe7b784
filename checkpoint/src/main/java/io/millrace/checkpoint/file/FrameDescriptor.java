package io.millrace.checkpoint.file;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Where things are in a frame, the unit of every log and every sealed file. All numbers are little-endian.
 *
 * <pre>
 *   0    payload length L (4 bytes): 0 to 64 MiB, checked before anything is allocated
 *   4    type (1): 1 to 239 the caller's; 253 MARK, 254 SEAL, 255 TRAILER
 *   5    flags (1): 0                              6    version of the record (2)
 *   8    number of the frame (8)
 *   16   durableUpTo (8): the bytes of this file before it were known to be durable when this frame was made
 *   24   checksum of the previous frame (4): its last but one number; 0 for the first of all
 *   28   owner epoch, low 32 bits (4)
 *   32   header checksum (4): CRC32C of the file's id (16), the frame's own offset in the file (8), bytes 0 to 31
 *   36   payload (L), then zeros, so that the frame is a multiple of 8
 *   n-8  checksum (4): CRC32C of bytes 32 to n-9
 *   n-4  end mark (4): 0xE5E5E5E5 xor L
 * </pre>
 */
public final class FrameDescriptor {

    /** The longest payload, bytes. */
    public static final int MAX_PAYLOAD_BYTES = 64 << 20;

    /** The highest type that a caller may use; the lowest is 1. */
    public static final int MAX_TYPE = 239;

    /** A frame without payload that only says how much is durable; the next frame overwrites it. */
    public static final int MARK = 253;

    /** The last frame of a segment. Payload: the sequence of the segment that goes on (8 bytes), 0 if none was made. */
    public static final int SEAL = 254;

    /** The last frame of a sealed file. Payload: frames (8), payload bytes (8), digest (8). */
    public static final int TRAILER = 255;

    static final int LENGTH_OFFSET = 0;
    static final int TYPE_OFFSET = 4;
    static final int VERSION_OFFSET = 6;
    static final int NUMBER_OFFSET = 8;
    static final int DURABLE_OFFSET = 16;
    static final int PREVIOUS_OFFSET = 24;
    static final int EPOCH_OFFSET = 28;
    static final int HEADER_CHECKSUM_OFFSET = 32;
    static final int PAYLOAD_OFFSET = 36;

    static final int TAIL_BYTES = 8;
    static final int END_MARK = 0xE5E5_E5E5;
    static final int MIN_FRAME_BYTES = frameBytes(0);

    private FrameDescriptor() {}

    /**
     * How long a frame is.
     *
     * @param payloadBytes 0 to {@link #MAX_PAYLOAD_BYTES}
     * @return bytes, a multiple of 8
     */
    public static int frameBytes(int payloadBytes) {
        return (PAYLOAD_OFFSET + payloadBytes + TAIL_BYTES + 7) & -8;
    }

    /**
     * The type of a frame in memory.
     *
     * @param bytes that hold it
     * @param at where it begins
     * @return 0 to 255
     */
    public static int type(DirectBuffer bytes, int at) {
        return bytes.getByte(at + TYPE_OFFSET) & 0xFF;
    }

    /**
     * The record version of a frame in memory.
     *
     * @param bytes that hold it
     * @param at where it begins
     * @return 0 to 65535
     */
    public static int version(DirectBuffer bytes, int at) {
        return bytes.getShort(at + VERSION_OFFSET, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
    }

    /**
     * The number of a frame in memory.
     *
     * @param bytes that hold it
     * @param at where it begins
     * @return at least 1
     */
    public static long number(DirectBuffer bytes, int at) {
        return bytes.getLong(at + NUMBER_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * The checksum that a frame in memory carries of the one before it.
     *
     * @param bytes that hold it
     * @param at where it begins
     * @return a CRC32C; 0 if there is none before it
     */
    public static int previousChecksum(DirectBuffer bytes, int at) {
        return bytes.getInt(at + PREVIOUS_OFFSET, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * Show the payload of a frame in memory.
     *
     * @param bytes that hold it
     * @param at where it begins
     * @param payload is put around it
     */
    public static void wrapPayload(DirectBuffer bytes, int at, DirectBuffer payload) {
        payload.wrap(bytes, at + PAYLOAD_OFFSET, bytes.getInt(at + LENGTH_OFFSET, ByteOrder.LITTLE_ENDIAN));
    }
}
