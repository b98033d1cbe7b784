package io.millrace.offheap.state;

/**
 * What a key has.
 *
 * @param value as the class it entered, may be null
 * @param updatedMs batch time of the last update
 */
public record StoredValue(Object value, long updatedMs) {}
