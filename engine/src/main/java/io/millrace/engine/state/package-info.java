/**
 * Operators that remember something from batch to batch, and where they keep it.
 *
 * <p><b>In</b> the rows of each batch, by key. <b>Out</b> rows that are made of them and of what is remembered. <b>Thread</b> the job
 * thread, and one worker per partition. <b>Memory</b> that of keyed stores, off the heap; behind it the files of cold stores. <b>Does not
 * know</b> who plans a batch, nor windows.
 */
package io.millrace.engine.state;
