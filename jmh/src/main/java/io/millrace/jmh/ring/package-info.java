/**
 * From one thread to another: the ring of slabs, beside queues of records.
 *
 * <p><b>In</b> records of 100 bytes. <b>Out</b> records a consumer has looked at. <b>Thread</b> JMH's as producer, one consumer. <b>Does not know</b> sources, batches.
 */
package io.millrace.jmh.ring;
