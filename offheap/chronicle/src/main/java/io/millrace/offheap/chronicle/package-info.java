/**
 * Chronicle Map, behind one door: no other package imports it.
 *
 * <p><b>In</b> nothing yet but the question whether Chronicle can run in this JVM. <b>Out</b> the JVM flags it misses.
 * <b>Thread</b> any. <b>Files</b> none. <b>Does not know</b> plans, operators, batches.
 */
package io.millrace.offheap.chronicle;
