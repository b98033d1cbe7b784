package io.millrace.api;

/**
 * A record that was left out because a function threw on it (failure policy {@code skip}).
 *
 * @param operator the name of the operator whose function threw
 * @param batchTime the batch it was in
 * @param partition the number of the partition it was in, from 0
 * @param record the record as the function got it; of a reducing function the text of the value so far and the next one. It may be
 *     kept, unless it is an iterator
 * @param cause what the function threw
 */
public record DeadLetter(String operator, Time batchTime, int partition, Object record, Throwable cause) {}
