/**
 * What windows keep beside the results: panes, which are the values of one piece of time by key, and columns of values by the
 * number of a key.
 *
 * <p><b>In</b> handles of keys, values in columns. <b>Out</b> the same. <b>Thread</b> one owner. <b>Memory</b> off the heap and in the
 * ledger, but for objects. <b>Files</b> none. <b>Does not know</b> keys, what a handle means beyond its kind and slot, functions,
 * times.
 */
package io.millrace.offheap.pane;
