/**
 * When and on which thread things happen: the batch clock, the conductor, the core workers.
 *
 * <p><b>In</b> sources and ticks. <b>Out</b> planned batches; parallel steps. <b>Thread</b> one conductor, n core workers.
 * <b>Does not know</b> operators, outputs, nor whom an input asks for its share.
 */
package io.millrace.engine.schedule;
