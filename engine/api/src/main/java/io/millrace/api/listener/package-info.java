/**
 * Who watches a context: what it is told, and when.
 *
 * <p><b>In</b> events, from the engine. <b>Out</b> nothing. <b>Thread</b> the listeners' own thread of a context, one event at a
 * time; where the caller drives, the caller's. <b>Does not know</b> how batches are run.
 */
package io.millrace.api.listener;
