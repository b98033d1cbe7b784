package io.millrace.engine.key;

import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;

/** Arrays are no keys: Java compares them by identity, so equal ones would not meet. Spark refuses them, too. */
final class ArrayKeys {
    private ArrayKeys() {}

    /**
     * Looks at the first key alone: keys of one operator are of one kind.
     *
     * @throws IllegalArgumentException if it is an array
     */
    static void refuse(String operator, Column keys, int rows) {
        boolean mayBeArray = keys.type() == ElementType.BYTES || keys.type() == ElementType.REF;
        Object key = rows > 0 && mayBeArray ? keys.get(0) : null;
        if (key != null && key.getClass().isArray()) {
            throw new IllegalArgumentException("the keys of '" + operator + "' are arrays ("
                    + key.getClass().getSimpleName() + "), which Java compares by identity; make a List, a String or"
                    + " java.nio.ByteBuffer.wrap(bytes) of each");
        }
    }
}
