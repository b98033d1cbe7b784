package io.millrace.checkpoint.snapshot;

import io.millrace.checkpoint.file.FrameCursor;
import java.nio.ByteOrder;

/** What the trailer says of the frames before it. */
final class Digest {

    private static final long MIX = 0x9E37_79B9_7F4A_7C15L;

    long frames;
    long payloadBytes;
    long digest;

    void add(int frameChecksum, int bytes) {
        frames++;
        payloadBytes += bytes;
        digest = (Long.rotateLeft(digest, 23) ^ Integer.toUnsignedLong(frameChecksum)) * MIX;
    }

    boolean isTold(FrameCursor trailer) {
        ByteOrder order = ByteOrder.LITTLE_ENDIAN;
        return trailer.payload().capacity() == 3 * Long.BYTES
                && trailer.payload().getLong(0, order) == frames
                && trailer.payload().getLong(8, order) == payloadBytes
                && trailer.payload().getLong(16, order) == digest;
    }
}
