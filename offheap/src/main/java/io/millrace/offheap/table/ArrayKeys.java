package io.millrace.offheap.table;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;

/** Arrays are no keys: Java compares them by identity, so equal ones would not meet. Spark refuses them, too. */
public final class ArrayKeys {
    private ArrayKeys() {}

    /**
     * Throw if a key is an array.
     *
     * @param operator whose key it is, for the message
     * @param key anything; may be null
     * @throws IllegalArgumentException if it is an array
     */
    public static void refuse(String operator, Object key) {
        if (key != null && key.getClass().isArray()) {
            throw new IllegalArgumentException("the keys of '" + operator + "' are arrays ("
                    + key.getClass().getSimpleName() + "), which Java compares by identity; make a List, a String or"
                    + " java.nio.ByteBuffer.wrap(bytes) of each");
        }
    }

    /**
     * Look at the first key of a column alone: keys of one operator are of one kind.
     *
     * @param operator whose keys they are, for the message
     * @param keys of any lane
     * @param rows how many
     * @throws IllegalArgumentException if it is an array
     */
    public static void refuse(String operator, Column keys, int rows) {
        boolean mayBeArray = keys.type() == ElementType.BYTES || keys.type() == ElementType.REF;
        refuse(operator, rows > 0 && mayBeArray ? keys.get(0) : null);
    }
}
