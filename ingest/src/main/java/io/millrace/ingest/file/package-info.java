/**
 * Files as ranges of rows, and the streams of files that appear in directories.
 *
 * <p><b>In</b> a path or a glob, and what is in the files; a clock. <b>Out</b> {@link io.millrace.ingest.source.PulledRange}s: split, so
 * that several workers read one big file; bytes that tell a log which files these are, and which were taken. <b>Thread</b> lists on
 * the one that plans, reads on any. <b>Files</b> only reads, through {@code java.nio.file};
 * {@link io.millrace.ingest.file.LocalPath} says which path a text means, also to those that save. <b>Does not know</b> batches'
 * contents, operators.
 */
package io.millrace.ingest.file;
