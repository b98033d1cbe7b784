package io.millrace.checkpoint.file;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/** The two checksums of a frame. One owner. */
final class FrameChecksum {

    private final CRC32C crc = new CRC32C();
    private final ByteBuffer place = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);

    FrameChecksum(FileId fileId) {
        place.putLong(0, fileId.low()).putLong(8, fileId.high());
    }

    int ofHeader(ByteBuffer bytes, int index, long fileOffset) {
        place.putLong(16, fileOffset);
        crc.reset();
        crc.update(place.array(), 0, 24);
        return update(bytes, index, FrameDescriptor.HEADER_CHECKSUM_OFFSET);
    }

    int ofPayload(ByteBuffer bytes, int index, int frameBytes) {
        crc.reset();
        int length = frameBytes - FrameDescriptor.TAIL_BYTES - FrameDescriptor.HEADER_CHECKSUM_OFFSET;
        return update(bytes, index + FrameDescriptor.HEADER_CHECKSUM_OFFSET, length);
    }

    private int update(ByteBuffer bytes, int index, int length) {
        int position = bytes.position();
        int limit = bytes.limit();
        bytes.limit(index + length).position(index);
        crc.update(bytes);
        bytes.limit(limit).position(position);
        return (int) crc.getValue();
    }
}
