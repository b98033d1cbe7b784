/**
 * The user's functions as the engine holds them: whose they are, what is told when they throw, how their types are held, and classes per shape.
 *
 * <p><b>In</b> functions of plan nodes. <b>Out</b> constructors of loops around them. <b>Thread</b> any. <b>Does not
 * know</b> rows, chunks, plans beyond an operator's name.
 */
package io.millrace.engine.function;
