/**
 * Files that are written once and sealed, manifests that say which of them count, and what becomes of the others.
 *
 * <p><b>In</b> payloads with a type; properties and sections of bytes. <b>Out</b> references with length and checksum; the same
 * payloads, verified. <b>Thread</b> a writer or reader has one owner; manifests and retention have one together. <b>Files</b>
 * those of {@code meta/} and {@code state/}. <b>Does not know</b> keys, operators, batches.
 */
package io.millrace.checkpoint.snapshot;
