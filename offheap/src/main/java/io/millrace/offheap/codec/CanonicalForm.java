package io.millrace.offheap.codec;

/**
 * Which values are equal exactly when their bytes are, in the form that {@link ValueCodec} gives them: numbers, texts, null, and
 * pairs of such, once all NaNs are the same one. Thread: any.
 */
public final class CanonicalForm {
    /** The first byte of a text in UTF-8. */
    public static final byte TEXT = ValueCodec.TEXT;

    private static final int NONE = -1;

    private CanonicalForm() {}

    /**
     * Whether a value is a pair.
     *
     * @param value what the codec wrote, the beginning at least
     * @return false also if nothing was written
     */
    public static boolean isPair(ByteBuilder value) {
        return value.length() > 0 && value.array()[0] == ValueCodec.PAIR;
    }

    /**
     * Make a value's NaNs those that equal all others.
     *
     * @param value all that the codec wrote
     * @return whether equal values have equal bytes; otherwise some of the NaNs may be as they were
     */
    public static boolean make(ByteBuilder value) {
        return end(value, 0) == value.length();
    }

    /** Where a value ends that begins there, its NaNs made alike; NONE if equal ones may have other bytes. */
    private static int end(ByteBuilder value, int at) {
        int rest = at + 1;
        return switch (value.array()[at]) {
            case ValueCodec.NULL, ValueCodec.FALSE, ValueCodec.TRUE -> rest;
            case ValueCodec.BYTE -> rest + Byte.BYTES;
            case ValueCodec.SHORT, ValueCodec.CHARACTER -> rest + Short.BYTES;
            case ValueCodec.INTEGER -> rest + Integer.BYTES;
            case ValueCodec.LONG -> rest + Long.BYTES;
            case ValueCodec.FLOAT -> {
                value.setInt(rest, Float.floatToIntBits(Float.intBitsToFloat(value.getInt(rest))));
                yield rest + Float.BYTES;
            }
            case ValueCodec.DOUBLE -> {
                value.setLong(rest, Double.doubleToLongBits(Double.longBitsToDouble(value.getLong(rest))));
                yield rest + Double.BYTES;
            }
            case ValueCodec.TEXT, ValueCodec.UTF16_TEXT -> rest + Integer.BYTES + value.getInt(rest);
            case ValueCodec.PAIR -> {
                int middle = end(value, rest);
                yield middle == NONE ? NONE : end(value, middle);
            }
            default -> NONE;
        };
    }
}
