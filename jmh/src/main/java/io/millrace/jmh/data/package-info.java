/**
 * Data for benchmarks, the same bytes in every run.
 *
 * <p><b>In</b> a seed. <b>Out</b> lines, words and keys. <b>Thread</b> any, once made. <b>Does not know</b> what is measured.
 */
package io.millrace.jmh.data;
