package io.millrace.api.listener;

/** A context has started: {@code time} is when, in milliseconds since the epoch. */
public record StreamingListenerStreamingStarted(long time) {}
