package io.millrace.api.function;

import java.util.Iterator;

/** A key and its values in, one record out: a {@link Function2} under the name that Spark's typed datasets know. */
@FunctionalInterface
public interface MapGroupsFunction<K, V, R> extends Function2<K, Iterator<V>, R> {}
