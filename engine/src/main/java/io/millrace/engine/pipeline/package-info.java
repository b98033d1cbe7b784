/**
 * From a branch's operators to running loops.
 *
 * <p><b>In</b> operators, and the chunks of an input. <b>Out</b> chunks, to a sink. <b>Thread</b> one set of loops per worker
 * and branch. <b>Does not know</b> where its input comes from, nor who reads it.
 */
package io.millrace.engine.pipeline;
