package io.millrace.api.listener;

/** A batch has begun to run. */
public record StreamingListenerBatchStarted(BatchInfo batchInfo) {}
