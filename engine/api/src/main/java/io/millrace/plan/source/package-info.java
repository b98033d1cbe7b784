/**
 * What streams read: one spec per kind of source, immutable, without any code that reads.
 *
 * <p><b>In</b> arguments of {@code StreamingContext}'s source methods. <b>Out</b> specs for the drivers in ingest.
 * <b>Does not know</b> sockets, rings, threads.
 */
package io.millrace.plan.source;
