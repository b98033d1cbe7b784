package io.millrace.api.function;

import java.util.Iterator;

/**
 * A partition's records in, any number of records out: a {@link FlatMapFunction} under the name that Spark's typed
 * datasets know.
 */
@FunctionalInterface
public interface MapPartitionsFunction<T, U> extends FlatMapFunction<Iterator<T>, U> {}
