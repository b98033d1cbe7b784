package io.millrace.api.listener;

/** An output has ended; a failure is told by its reason. */
public record StreamingListenerOutputOperationCompleted(OutputOperationInfo outputOperationInfo) {}
