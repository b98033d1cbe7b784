/**
 * What a program asks for, apart from how it is run.
 *
 * <p><b>In</b> calls of the facade ({@code DStream.map}, …). <b>Out</b> an immutable {@link io.millrace.plan.Plan} that
 * backends, printers and checkpoints read. <b>Thread</b> the one that defines the program. <b>Does not know</b>
 * engines, buffers, clocks, files.
 */
package io.millrace.plan;
