package io.millrace.offheap.table;

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
}
