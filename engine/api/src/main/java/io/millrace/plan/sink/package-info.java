/**
 * Where batches go: one spec per kind of output, immutable, without any code that writes.
 *
 * <p><b>In</b> arguments of the streams' output methods. <b>Out</b> specs for the drivers in the engine. <b>Does not
 * know</b> files, threads, batches.
 */
package io.millrace.plan.sink;
