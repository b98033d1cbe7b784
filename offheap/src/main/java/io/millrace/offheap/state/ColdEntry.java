package io.millrace.offheap.state;

/**
 * A key that is not resident.
 *
 * @param key as the class it entered
 * @param value as the class it entered, may be null
 * @param updatedMs batch time of the last update
 */
public record ColdEntry(Object key, Object value, long updatedMs) {}
