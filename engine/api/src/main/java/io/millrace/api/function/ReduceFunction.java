package io.millrace.api.function;

/** Two values in, one out: a {@link Function2} under the name that Spark's typed datasets know. */
@FunctionalInterface
public interface ReduceFunction<T> extends Function2<T, T, T> {}
