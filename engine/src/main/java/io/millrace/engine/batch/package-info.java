/**
 * One batch being run: its datasets, its outputs, its end.
 *
 * <p><b>In</b> planned batches. <b>Out</b> results, through sinks. <b>Thread</b> the job thread, one batch at a time.
 * <b>Does not know</b> where batches come from, nor when.
 */
package io.millrace.engine.batch;
