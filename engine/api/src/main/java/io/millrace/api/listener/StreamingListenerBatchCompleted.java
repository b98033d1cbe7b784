package io.millrace.api.listener;

/** A batch has ended; its outputs tell which of them failed. */
public record StreamingListenerBatchCompleted(BatchInfo batchInfo) {}
