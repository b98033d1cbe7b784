package io.millrace.api.listener;

/**
 * How far a start has come that goes on with a checkpoint. The last one has read all.
 *
 * @param operator the id of the one read last
 * @param keys how many keys and rows of windows were read, of all operators; one that was changed again behind a snapshot counts again
 * @param readBytes how much was read
 * @param totalBytes how much there is to read, about
 */
public record StreamingListenerStateRestoring(String operator, long keys, long readBytes, long totalBytes) {}
