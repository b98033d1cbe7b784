/**
 * How a thread without work waits for the next.
 *
 * <p><b>In</b> rings, from any thread. <b>Out</b> one woken owner. <b>Thread</b> the owner waits, everyone rings.
 * <b>Does not know</b> what the work is, clocks, rings of slabs.
 */
package io.millrace.ingest.wait;
