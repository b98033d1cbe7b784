/**
 * The command behind {@code scripts/bench}: runs a measurement in JVMs of its own, round after round, and writes the report.
 *
 * <p><b>In</b> a command line. <b>Out</b> raw lines of JSON, and a folder in {@code perf-reports/}. <b>Thread</b> one, besides
 * the measured processes. <b>Does not know</b> how anything is measured.
 */
package io.millrace.jmh.bench;
