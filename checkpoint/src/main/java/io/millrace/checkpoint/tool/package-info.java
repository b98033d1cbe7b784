/**
 * Looks at a directory without owning or changing it.
 *
 * <p><b>In</b> a store. <b>Out</b> findings, lines of text. <b>Thread</b> one owner. <b>Files</b> all, for reading. <b>Does not
 * know</b> what the payloads mean.
 */
package io.millrace.checkpoint.tool;
