package io.millrace.offheap.state;

import io.millrace.offheap.column.ElementType;

/**
 * What the 32 bytes of a resident key mean.
 *
 * <pre>
 *    0  key      the number, or where its bytes or object are
 *    8  value    the number, or where its bytes or object are
 *   16  meta     batch time of the last update (high 48 bits), flags, tag of the value (low 4 bits); 0: nobody has this slot
 *   24  hash
 *   28  pins     low 20 bits; above them the number of the batch that last asked for the key, modulo 4096
 * </pre>
 */
final class Entry {
    static final int KEY = 0;
    static final int VALUE = 8;
    static final int META = 16;
    static final int HASH = 24;
    static final int PINS = 28;
    static final int BYTES_SHIFT = 5;

    static final int NONE = 0;
    static final int INT = 1;
    static final int LONG = 2;
    static final int BOOLEAN = 3;
    static final int DOUBLE = 4;
    static final int FLOAT = 5;
    static final int NULL = 6;
    /** A text, as UTF-8 in a cell. */
    static final int TEXT = 7;
    /** An object, as bytes in a cell. */
    static final int ENCODED = 8;
    /** An object that cannot become bytes. */
    static final int OBJECT = 9;

    static final int TAG = 0xF;
    static final int LIVE = 1 << 4;
    /** Its before-image is in the log. */
    static final int TOUCHED = 1 << 5;
    /** Differs from its cold copy. */
    static final int DIRTY = 1 << 6;
    /** The cold store has the key, too. */
    static final int COPY = 1 << 7;
    /** The value's cell was made in this batch. */
    static final int FRESH = 1 << 8;
    /** In the list of a time. */
    static final int LINKED = 1 << 9;
    /** Its key's bytes are with a time, from when it was cold. */
    static final int RECORDED = 1 << 10;

    /** Its key was found to have no bytes. */
    static final int HELD = 1 << 11;

    static final int REGISTERED = LINKED | RECORDED;

    static final int MAX_PINS = (1 << 20) - 1;
    static final int STAMP_SHIFT = 20;
    static final int MAX_STAMP = (1 << 12) - 1;

    private static final int TIME_SHIFT = 16;
    private static final long FLAGS = (1L << TIME_SHIFT) - 1;
    private static final ElementType[] TYPES = {
        null,
        ElementType.INT,
        ElementType.LONG,
        ElementType.BOOLEAN,
        ElementType.DOUBLE,
        ElementType.FLOAT,
        ElementType.REF,
        ElementType.UTF8,
        ElementType.REF,
        ElementType.REF
    };

    private Entry() {}

    static int tag(long meta) {
        return (int) meta & TAG;
    }

    static long time(long meta) {
        return meta >> TIME_SHIFT;
    }

    static long meta(long time, long flags) {
        return time << TIME_SHIFT | flags & FLAGS;
    }

    static ElementType type(int tag) {
        return TYPES[tag];
    }

    static int tag(ElementType type) {
        return switch (type) {
            case INT -> INT;
            case LONG -> LONG;
            case BOOLEAN -> BOOLEAN;
            case DOUBLE -> DOUBLE;
            case FLOAT -> FLOAT;
            default ->
                throw new IllegalArgumentException(
                        "a value of type " + type + " is no number; use put(handle, Object)");
        };
    }

    /** Whether the value's word says where the value is. */
    static boolean isElsewhere(int tag) {
        return tag >= TEXT;
    }

    static boolean isInCell(int tag) {
        return tag == TEXT || tag == ENCODED;
    }

    static int pins(int pinsAndStamp) {
        return pinsAndStamp & MAX_PINS;
    }

    /** How many batches ago the key was asked for, modulo 4096: one that is older may look younger, never older. */
    static int age(int pinsAndStamp, int stamp) {
        return stamp - (pinsAndStamp >>> STAMP_SHIFT) & MAX_STAMP;
    }
}
