package io.millrace.api.function;

/** One record in, one value out: a {@link Function} under the name that Spark's typed datasets know. */
@FunctionalInterface
public interface MapFunction<T, U> extends Function<T, U> {}
