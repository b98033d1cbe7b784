/**
 * The functions a program gives to a stream.
 *
 * <p><b>In</b> records, one call each. <b>Out</b> what they become. <b>Thread</b> a worker's; one object may be called
 * by several workers at once. Every function is {@link java.io.Serializable} and may throw: what it throws fails its
 * batch and reaches {@code awaitTermination}.
 *
 * <p>{@link io.millrace.api.function.Typed}, {@link io.millrace.api.function.Text},
 * {@link io.millrace.api.function.Fields} and {@link io.millrace.api.function.Reducers} make functions the planner can read
 * ({@link io.millrace.api.function.Recognised}); everything else is a plain lambda and is called as it is.
 * <b>Does not know</b> plans, lanes, threads.
 */
package io.millrace.api.function;
