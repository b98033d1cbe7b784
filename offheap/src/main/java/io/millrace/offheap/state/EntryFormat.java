package io.millrace.offheap.state;

import java.nio.ByteOrder;

/**
 * How an entry of keyed state begins, as {@code docs/state-entry-format.md} has it: kinds are those of tables, and tags those of
 * {@link Entry}, which are thereby not to be given other numbers. {@link Entry#NONE} says that the key was removed.
 */
final class EntryFormat {
    static final ByteOrder ORDER = ByteOrder.LITTLE_ENDIAN;
    static final int KINDS = 4;
    /** No tag is above. */
    static final int MAX_TAG = Entry.ENCODED;
    /** A time has 48 bits. */
    static final long MAX_TIME = (1L << 47) - 1;

    private static final int TAG_SHIFT = 4;
    private static final int KIND = 0xF;

    private EntryFormat() {}

    static byte first(int kind, int tag) {
        return (byte) (tag << TAG_SHIFT | kind);
    }

    static int kind(int first) {
        return first & KIND;
    }

    static int tag(int first) {
        return (first & 0xFF) >>> TAG_SHIFT;
    }
}
