package io.millrace.engine.schedule;

import java.nio.ByteBuffer;

/**
 * What a batch has of a source that receives: blocks of a {@link BlockLog} by their numbers, both included, none if the first is above the
 * last; and the positions of the records, those in no log too.
 *
 * @param first at least 1
 * @param behind the position of the last record in front of them, -1 if there is none
 * @param upTo that of their last record; {@code behind} if no record has a position
 */
public record BlockRange(long first, long last, long behind, long upTo) {
    /** Nothing, of a source that begins. */
    public static final BlockRange NOTHING = new BlockRange(1, 0, -1, -1);

    /** What {@link #toBytes} gave. */
    public static BlockRange of(byte[] bytes) {
        ByteBuffer numbers = ByteBuffer.wrap(bytes);
        return new BlockRange(numbers.getLong(), numbers.getLong(), numbers.getLong(), numbers.getLong());
    }

    /** The four numbers, 8 bytes each, the most significant first. */
    public byte[] toBytes() {
        return ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(first)
                .putLong(last)
                .putLong(behind)
                .putLong(upTo)
                .array();
    }

    /** Whether no block is in a log. */
    public boolean isEmpty() {
        return first > last;
    }
}
