package io.millrace.api.listener;

/** A batch was planned; of its times the submission's is known. */
public record StreamingListenerBatchSubmitted(BatchInfo batchInfo) {}
