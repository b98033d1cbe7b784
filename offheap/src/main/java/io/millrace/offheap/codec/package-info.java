/**
 * Bytes and text: eight bytes looked at at a time, UTF-8 exactly as Java's String sees it.
 *
 * <p><b>In</b> ranges of bytes, or a String. <b>Out</b> positions, lengths, verdicts. <b>Thread</b> any; there is no
 * state. <b>Files</b> none. <b>Does not know</b> rows, blocks, memory's owners.
 */
package io.millrace.offheap.codec;
