package io.millrace.api.listener;

/** An output has begun to run on a batch. */
public record StreamingListenerOutputOperationStarted(OutputOperationInfo outputOperationInfo) {}
