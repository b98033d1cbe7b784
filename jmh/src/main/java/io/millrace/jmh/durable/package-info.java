/**
 * What it costs to outlive a crash: batches with a checkpoint and a write-ahead log, snapshots, and the way back.
 *
 * <p><b>In</b> a load and settings. <b>Out</b> one line of JSON, after what came out was compared with what went in. <b>Thread</b> the engine's
 * own, and the feeder. <b>Does not know</b> reports.
 */
package io.millrace.jmh.durable;
