/**
 * From what a program asks for to what this machine does.
 *
 * <p><b>In</b> a plan. <b>Out</b> a physical plan. <b>Thread</b> the one that starts the context. <b>Does not know</b>
 * threads, memory, clocks.
 */
package io.millrace.engine.planner;
