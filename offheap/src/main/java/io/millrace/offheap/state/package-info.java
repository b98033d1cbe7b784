/**
 * What operators remember by key from batch to batch: a resident table, and a cold store behind it for keys that were not asked
 * for lately.
 *
 * <p><b>In</b> keys and values in columns or as objects, inside of {@code begin} and {@code commit}. <b>Out</b> the same, and every
 * key that has a value; what has changed, and all of it, as bytes that other stores take in. <b>Thread</b> one owner per store;
 * readers may look on while nobody writes. <b>Files</b> those of cold stores, scratch. <b>Does not know</b> operators, windows,
 * batches beyond their time, what becomes of the bytes.
 */
package io.millrace.offheap.state;
