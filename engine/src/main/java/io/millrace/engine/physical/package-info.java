/**
 * A plan cut for this machine: stages, and exchanges between them. Data only.
 *
 * <p><b>In</b> from the planner. <b>Out</b> to whoever runs it. <b>Does not know</b> threads, memory, clocks.
 */
package io.millrace.engine.physical;
