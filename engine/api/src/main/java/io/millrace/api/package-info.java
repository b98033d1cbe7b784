/**
 * What a program is written against: contexts, streams and the small types around them.
 *
 * <p><b>In</b> the program's calls. <b>Out</b> an immutable plan ({@code io.millrace.plan}), handed to a backend
 * ({@code io.millrace.spi}). <b>Thread</b> the program's; contexts say more. <b>Does not know</b> how a plan is run.
 *
 * <p>Names are those of Spark's Java API without the {@code Java} prefix.
 */
package io.millrace.api;
