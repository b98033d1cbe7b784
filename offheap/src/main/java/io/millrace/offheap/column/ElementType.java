package io.millrace.offheap.column;

/** What the values of one column are, and so the class in which they leave it. */
public enum ElementType {
    /** {@link Integer}, held as its long. */
    INT(Lane.LONG),
    /** {@link Long}. */
    LONG(Lane.LONG),
    /** {@link Boolean}, held as 0 or 1. */
    BOOLEAN(Lane.LONG),
    /** {@link Double}. */
    DOUBLE(Lane.DOUBLE),
    /** {@link Float}, held as its double. */
    FLOAT(Lane.DOUBLE),
    /** {@link String}, held as valid UTF-8. Only text that was born as bytes is held so. */
    UTF8(Lane.BYTES),
    /** {@code byte[]}. */
    BYTES(Lane.BYTES),
    /** Any object, or null, as it is. */
    REF(Lane.REF);

    private final Lane lane;

    ElementType(Lane lane) {
        this.lane = lane;
    }

    /**
     * How values of this type are held.
     *
     * @return the lane
     */
    public Lane lane() {
        return lane;
    }

    /**
     * The type in which one object is best held, by its class alone. A String and a {@code byte[]} stay objects: what
     * exists as an object costs more to encode than to keep.
     *
     * @param value any object, or null
     * @return INT, LONG, BOOLEAN, DOUBLE or FLOAT for their boxes, else REF
     */
    public static ElementType of(Object value) {
        if (value == null) {
            return REF;
        }
        Class<?> type = value.getClass();
        if (type == Integer.class) {
            return INT;
        } else if (type == Long.class) {
            return LONG;
        } else if (type == Double.class) {
            return DOUBLE;
        } else if (type == Boolean.class) {
            return BOOLEAN;
        } else if (type == Float.class) {
            return FLOAT;
        }
        return REF;
    }

    /**
     * A value of the long lane as the class it entered as.
     *
     * @param value held by a column of this type
     * @return an Integer, a Long or a Boolean
     */
    public Object boxed(long value) {
        return switch (this) {
            case INT -> (Object) (int) value;
            case BOOLEAN -> value != 0;
            default -> value;
        };
    }

    /**
     * A value of the double lane as the class it entered as.
     *
     * @param value held by a column of this type
     * @return a Double or a Float
     */
    public Object boxed(double value) {
        return this == FLOAT ? (Object) (float) value : (Object) value;
    }
}
