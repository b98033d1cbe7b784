/**
 * What is told of a run: events for the program's listeners.
 *
 * <p><b>In</b> what happens to batches, outputs and receivers. <b>Out</b> events, in the order in which things happened.
 * <b>Thread</b> one for all listeners of a run, made when somebody first listens; none where the caller drives. <b>Does not
 * know</b> how anything is run.
 */
package io.millrace.engine.telemetry;
