/**
 * The programs of the guide, as users write them: to run ({@code scripts/millrace example NAME}), to read and to copy.
 *
 * <p>Each program is one class with a {@code main}; {@link io.millrace.examples.Examples} lists them. What they share
 * is not about streams: {@link io.millrace.examples.Arguments} reads the command line,
 * {@link io.millrace.examples.Ending} ends a program that would run for ever, {@link io.millrace.examples.TextServer}
 * is a server to read from.
 *
 * <p><b>In</b> a command line. <b>Out</b> batches on standard output. <b>Thread</b> {@code main}'s, and the engine's.
 * <b>Files</b> none. <b>Does not know</b> how the engine works: the programs use {@code io.millrace.api} alone.
 */
package io.millrace.examples;
