/**
 * Keyed aggregation in two halves that do not know each other: a key index turns keys into dense slot numbers, slots hold
 * one value per number.
 *
 * <pre>
 *   index.slotsOf(keys, rows, slots);      // slots[i] in 0..index.size()-1, numbered as keys are first seen
 *   totals.ensure(index.size());
 *   totals.add(slots, values, rows);
 * </pre>
 *
 * <p><b>In</b> keys and values of one chunk, as arrays. <b>Out</b> slots, and what they hold. <b>Thread</b> each index and
 * each slot column belongs to one thread. <b>Files</b> none. <b>Does not know</b> chunks' origin, operators, partitions,
 * batches.
 *
 * <p>All indexes are open addressing with linear probing, at most half full. A bucket names its key by an <em>id</em>, which is the
 * slot plus the number of keys seen before the last {@code clear}: ids only grow, so a bucket whose id is too low is left over
 * from before and counts as empty. That makes {@code clear} cost nothing, however large the table has become.
 */
package io.millrace.offheap.table;
