/**
 * Object files: chunks of rows in a file, column by column, from which the same chunks can be read.
 *
 * <p><b>In</b> chunks. <b>Out</b> chunks, in the lanes they went in. <b>Thread</b> a writer or reader has one owner. <b>Files</b>
 * one each, as {@code docs/object-file-format.md} says, through a channel that was opened elsewhere. <b>Does not know</b> paths,
 * directories, where rows come from.
 */
package io.millrace.offheap.file;
