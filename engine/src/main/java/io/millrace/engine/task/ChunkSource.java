package io.millrace.engine.task;

/** One partition being read: hands on its rows a chunk or so at a time. Owner: one thread. */
public interface ChunkSource extends AutoCloseable {
    /** No rows. */
    ChunkSource EMPTY = sink -> false;

    /**
     * Hand on what comes next; nothing, one chunk, or several.
     *
     * @return false when the partition is at its end
     */
    boolean next(ChunkSink sink) throws Exception;

    /** Give back what reading took, at the end or before it. Once. */
    @Override
    default void close() {}
}
