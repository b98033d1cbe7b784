/**
 * Operators over the batches of a window.
 *
 * <p><b>In</b> the rows of each batch; by key, one row for each. <b>Out</b> rows of the window, whenever it slides. <b>Thread</b> the job
 * thread, and one worker per partition. <b>Memory</b> panes, off the heap, and a keyed store for results. <b>Does not know</b> who plans a
 * batch.
 */
package io.millrace.engine.window;
