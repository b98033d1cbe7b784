package io.millrace.api.listener;

/** A receiver has stopped. */
public record StreamingListenerReceiverStopped(ReceiverInfo receiverInfo) {}
