/**
 * Records that wait: blocks off the heap, beside lists on it.
 *
 * <p><b>In</b> lines. <b>Out</b> rows written, rows read. <b>Thread</b> one. <b>Does not know</b> rings, batches.
 */
package io.millrace.jmh.block;
