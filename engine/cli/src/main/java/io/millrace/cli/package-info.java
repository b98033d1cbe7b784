/**
 * The command line of Millrace, behind {@code scripts/millrace}. The only package that uses picocli.
 *
 * <p><b>In</b> a command line. <b>Out</b> a running program, or a text; status 0 for success, 1 for a program that failed,
 * 2 for arguments that were not understood, with one line on standard error. <b>Thread</b> {@code main}'s. <b>Files</b>
 * reads the source file it is told to run. <b>Does not know</b> the engine: programs do.
 */
package io.millrace.cli;
