package io.millrace.engine.schedule;

import java.nio.ByteBuffer;

/**
 * Blocks of a {@link BlockLog} by their numbers, both included; none if the first is above the last.
 *
 * @param first at least 1
 */
public record BlockRange(long first, long last) {
    /** What {@link #toBytes} gave. */
    public static BlockRange of(byte[] bytes) {
        ByteBuffer numbers = ByteBuffer.wrap(bytes);
        return new BlockRange(numbers.getLong(), numbers.getLong());
    }

    /** Both numbers, 8 bytes each, the most significant first. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(2 * Long.BYTES).putLong(first).putLong(last).array();
    }
}
