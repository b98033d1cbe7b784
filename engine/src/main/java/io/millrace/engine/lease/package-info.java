/**
 * For how long datasets may be read: while their batch lives, or their context, or all they are made of.
 *
 * <p><b>In</b> readers, and the memory that goes with what they read. <b>Out</b> refusals, once the time is over, and memory
 * given back. <b>Thread</b> any; who ends a lease waits for its readers. <b>Does not know</b> what a dataset is, nor who runs
 * a batch.
 */
package io.millrace.engine.lease;
