package io.millrace.api.function;

import java.util.Iterator;

/**
 * A key and its values of two sides in, any number of records out: a {@link Function3} under the name that Spark's
 * typed datasets know.
 */
@FunctionalInterface
public interface CoGroupFunction<K, V1, V2, R> extends Function3<K, Iterator<V1>, Iterator<V2>, Iterator<R>> {}
