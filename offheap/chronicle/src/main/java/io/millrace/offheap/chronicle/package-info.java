/**
 * Chronicle Map, behind one door: no other package imports it. Keyed state that does not fit in memory lies here, in files.
 *
 * <p><b>In</b> keys and values as bytes, from one owner per store. <b>Out</b> the same; the JVM flags that Chronicle misses.
 * <b>Thread</b> the owner's; readers may look on while nobody writes. <b>Files</b> {@code <name>_<n>.map} and
 * {@code <name>_large.values} of each store, scratch. <b>Does not know</b> plans, operators, batches, the resident table.
 */
package io.millrace.offheap.chronicle;
