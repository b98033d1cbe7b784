package io.millrace.api.listener;

/** A receiver has started, or started again. */
public record StreamingListenerReceiverStarted(ReceiverInfo receiverInfo) {}
