package io.millrace.api.listener;

/** A receiver has reported an error. */
public record StreamingListenerReceiverError(ReceiverInfo receiverInfo) {}
