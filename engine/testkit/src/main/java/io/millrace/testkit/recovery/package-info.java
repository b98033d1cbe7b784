/**
 * A game against checkpoints: a random program whose process ends again and again, at a random operation of its disk, and what a
 * naive interpreter makes of the same input.
 *
 * <p><b>In</b> a seed. <b>Out</b> what was played, or an {@link java.lang.AssertionError} that says in which life what was lost, doubled
 * or wrong. <b>Thread</b> the caller's drives everything. <b>Files</b> those that the program reads and saves, in a folder of the caller's;
 * checkpoints are on a simulated disk. <b>Does not know</b> any test framework.
 */
package io.millrace.testkit.recovery;
