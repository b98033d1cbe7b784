/**
 * Text as bytes: framing and splitting, beside what the JDK does with strings.
 *
 * <p><b>In</b> lines. <b>Out</b> rows. <b>Thread</b> one. <b>Does not know</b> sources, batches.
 */
package io.millrace.jmh.text;
