/**
 * For tests of streaming programs: a story of batches on a stepped clock, played many ways; a clock that stands still until it
 * is told; a text server whose every piece is chosen.
 *
 * <p><b>In</b> batches, a program, and what it should give. <b>Out</b> nothing, or an {@link java.lang.AssertionError} that says
 * in which way of playing, at which batch, what was missing and what was too much. <b>Thread</b> the test's own drives
 * everything. <b>Does not know</b> any test framework.
 */
package io.millrace.testkit;
