/**
 * Datasets without the type of their records: what they are made of, in what ways, and how they are read.
 *
 * <p><b>In</b> rows, and nodes made of nodes. <b>Out</b> rows, lazily, and the records that a reader asks for. <b>Thread</b>
 * whoever calls an action, and the core workers for it. <b>Does not know</b> streams, when batches begin, or the interfaces
 * that programs hold.
 */
package io.millrace.engine.dataset;
