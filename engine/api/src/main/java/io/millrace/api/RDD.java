package io.millrace.api;

/**
 * An immutable, lazily computed dataset in partitions: one batch of a {@link DStream}, or made by
 * {@link MillraceContext#parallelize}.
 *
 * @param <T> record type
 */
public interface RDD<T> extends RDDLike<DStream<T>>, RDDActions<T> {}
