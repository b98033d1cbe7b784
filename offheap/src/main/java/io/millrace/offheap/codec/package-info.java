/**
 * Bytes, text and objects: eight bytes looked at at a time, UTF-8 exactly as Java's String sees it, records to bytes and back.
 *
 * <p><b>In</b> ranges of bytes, a String, any record. <b>Out</b> positions, lengths, verdicts; bytes, or the record. <b>Thread</b>
 * any for what has no state; a {@link io.millrace.offheap.codec.RecordCodec} has one owner. <b>Files</b> none. <b>Does not
 * know</b> rows, blocks, memory's owners. The only package that knows Kryo.
 */
package io.millrace.offheap.codec;
