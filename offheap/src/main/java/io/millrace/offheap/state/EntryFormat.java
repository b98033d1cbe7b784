package io.millrace.offheap.state;

import io.millrace.offheap.codec.UnreadableRecordException;
import java.nio.ByteOrder;

/**
 * What the numbers of an entry of keyed state mean, as {@code docs/state-entry-format.md} has it: kinds are those of tables, and tags
 * those of {@link Entry}, which are thereby not to be given other numbers. {@link Entry#NONE} says that the key was removed.
 */
final class EntryFormat {
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final int KINDS = 4;
    /** No tag is above. */
    static final int MAX_TAG = Entry.ENCODED;
    /** A time has 48 bits. */
    private static final long MAX_TIME = (1L << 47) - 1;

    private static final int TAG_SHIFT = 4;
    private static final int KIND = 0xF;

    private EntryFormat() {}

    static int head(int kind, int tag) {
        return tag << TAG_SHIFT | kind;
    }

    static int kind(long head) {
        return (int) head & KIND;
    }

    static int tag(long head) {
        return (int) head >>> TAG_SHIFT;
    }

    /** Whether the key is a number. */
    static boolean isNumberKey(long head) {
        return kind(head) <= NumberKeys.LONGS;
    }

    /** How many bytes key and value of an entry have. */
    static long bytes(long head, long key, long value) {
        return (isNumberKey(head) ? 0 : key) + (Entry.isInCell(tag(head)) ? value : 0);
    }

    /**
     * Refuse what no store has written.
     *
     * @param bytes that keys and values have
     * @throws UnreadableRecordException if one of the numbers is out of range, or lengths do not add up
     */
    static void check(EntryBlock block, int bytes) {
        long lengths = 0;
        for (int row = 0; row < block.rows(); row++) {
            long head = block.heads[row];
            checkHead(head);
            checkTime(block.times[row]);
            checkKey(kind(head), block.keys[row], bytes);
            checkValue(tag(head), block.values[row], bytes);
            lengths += bytes(head, block.keys[row], block.values[row]);
        }
        if (lengths != bytes) {
            throw new UnreadableRecordException(
                    "keys and values of a block have " + bytes + " bytes, and their lengths add up to " + lengths);
        }
    }

    private static void checkHead(long head) {
        if (head < 0 || kind(head) >= KINDS || head >>> TAG_SHIFT > MAX_TAG) {
            throw new UnreadableRecordException("an entry begins with " + head + ", which is a key of kind "
                    + kind(head) + " (of 0 to " + (KINDS - 1) + ") and a value of type " + (head >>> TAG_SHIFT)
                    + " (of 0 to " + MAX_TAG + ")");
        }
    }

    private static void checkTime(long time) {
        if (time > MAX_TIME || time < -MAX_TIME - 1) {
            throw new UnreadableRecordException("an entry has the time " + time + ", which takes more than 48 bits");
        }
    }

    private static void checkKey(int kind, long key, int bytes) {
        if (kind == NumberKeys.INTEGERS) {
            checkInt(key);
        } else if (kind > NumberKeys.LONGS && (key < 1 || key > bytes)) {
            throw new UnreadableRecordException(
                    "a key has " + key + " bytes, expected 1 to the " + bytes + " of the block");
        }
    }

    private static void checkValue(int tag, long value, int bytes) {
        switch (tag) {
            case Entry.INT -> checkInt(value);
            case Entry.BOOLEAN -> checkRange("a boolean", value, 1);
            case Entry.FLOAT -> checkFloat(value);
            case Entry.TEXT, Entry.ENCODED -> checkRange("the length of a value", value, bytes);
            case Entry.NONE, Entry.NULL -> checkRange("the value of a key that has none, or null,", value, 0);
            default -> {
                // Any long, or double.
            }
        }
    }

    private static void checkInt(long number) {
        if (number != (int) number) {
            throw new UnreadableRecordException("an int of an entry is " + number + ", which takes more than 32 bits");
        }
    }

    private static void checkFloat(long word) {
        double value = Double.longBitsToDouble(word);
        if (Double.doubleToRawLongBits((float) value) != word && !Double.isNaN(value)) {
            throw new UnreadableRecordException("a float of an entry is " + value + ", which is none");
        }
    }

    private static void checkRange(String what, long value, int most) {
        if (value < 0 || value > most) {
            throw new UnreadableRecordException(what + " of an entry is " + value + ", expected 0 to " + most);
        }
    }
}
