/**
 * What stands behind a program's own receiver: its life, and the door its records go through.
 *
 * <p><b>In</b> records, from the receiver's threads. <b>Out</b> the same records, to a ring. <b>Thread</b> one that starts and
 * stops the receiver (its own or the caller's); any that store, one at a time. <b>Does not know</b> blocks, batches.
 */
package io.millrace.ingest.receiver;
