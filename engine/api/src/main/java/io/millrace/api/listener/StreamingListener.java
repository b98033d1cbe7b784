package io.millrace.api.listener;

/**
 * Is told what happens in a streaming context; override what is wanted. Added by
 * {@link io.millrace.api.StreamingContext#addStreamingListener}, before the start or later.
 *
 * <p>All listeners of a context are called on one thread, one event after the other, never on a thread that runs batches (unless
 * the caller drives the context). One that is slow delays the listeners behind it, and once
 * {@code millrace.listener.queueCapacity} events wait, further ones are dropped and counted. One that throws is logged, and the
 * others are called. The context may not be stopped from here.
 *
 * <p>Of one batch comes: submitted, started, then for each output started and completed, then the batch completed, failed or
 * not. A batch that was submitted before anybody listened is not told of.
 */
public interface StreamingListener {
    /** The sources are started and the first batch is awaited. */
    default void onStreamingStarted(StreamingListenerStreamingStarted streamingStarted) {}

    /**
     * State is being read from a checkpoint: every few seconds while it is, and once all is there. Comes before the sources are started.
     */
    default void onStateRestoring(StreamingListenerStateRestoring stateRestoring) {}

    /** A receiver started, or started again. */
    default void onReceiverStarted(StreamingListenerReceiverStarted receiverStarted) {}

    /** A receiver reported an error, and goes on or tries again. */
    default void onReceiverError(StreamingListenerReceiverError receiverError) {}

    /** A receiver stopped; unless the context is being stopped it starts again after a while. */
    default void onReceiverStopped(StreamingListenerReceiverStopped receiverStopped) {}

    /** A batch was planned and waits to be run. */
    default void onBatchSubmitted(StreamingListenerBatchSubmitted batchSubmitted) {}

    /** A batch's first output is about to run. */
    default void onBatchStarted(StreamingListenerBatchStarted batchStarted) {}

    /** A batch's last output has ended, or the batch has failed. */
    default void onBatchCompleted(StreamingListenerBatchCompleted batchCompleted) {}

    /** An output is about to run on a batch. */
    default void onOutputOperationStarted(StreamingListenerOutputOperationStarted outputOperationStarted) {}

    /** An output has ended, or failed. */
    default void onOutputOperationCompleted(StreamingListenerOutputOperationCompleted outputOperationCompleted) {}
}
