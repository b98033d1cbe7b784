/**
 * Keys of any type: where each belongs, and which slot it has.
 *
 * <p><b>In</b> columns of keys. <b>Out</b> dense slots, partitions. <b>Thread</b> one owner per table. <b>Memory</b> Java
 * arrays, and the bytes of texts off the heap. <b>Does not know</b> values, exchanges, batches.
 */
package io.millrace.engine.key;
