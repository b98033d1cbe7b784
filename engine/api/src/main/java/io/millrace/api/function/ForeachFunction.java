package io.millrace.api.function;

/** One record in, nothing out: a {@link VoidFunction} under the name that Spark's typed datasets know. */
@FunctionalInterface
public interface ForeachFunction<T> extends VoidFunction<T> {}
