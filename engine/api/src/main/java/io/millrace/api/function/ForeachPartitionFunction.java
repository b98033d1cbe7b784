package io.millrace.api.function;

import java.util.Iterator;

/** A partition's records in, nothing out: a {@link VoidFunction} under the name that Spark's typed datasets know. */
@FunctionalInterface
public interface ForeachPartitionFunction<T> extends VoidFunction<Iterator<T>> {}
