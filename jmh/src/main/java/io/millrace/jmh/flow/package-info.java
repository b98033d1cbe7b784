/**
 * Whole flows, from lines to counts, one system in one JVM per run.
 *
 * <p><b>In</b> the name of a system. <b>Out</b> one line of JSON, after the counts were compared with the judge's.
 * <b>Thread</b> the system's own. <b>Does not know</b> reports.
 */
package io.millrace.jmh.flow;
