/**
 * An append-only log of frames in segments: what was forced is found again, or its loss is named.
 *
 * <p><b>In</b> payloads with a type. <b>Out</b> positions; at the next start the same payloads, in order. <b>Thread</b> a
 * journal has one owner; the next segment may be prepared by one other thread, and a force done by any. <b>Files</b> the segments of one folder.
 * <b>Does not know</b> batches, blocks, records.
 */
package io.millrace.checkpoint.journal;
