package io.millrace.sink.jdbc;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How the job thread lets time pass between two attempts. */
@FunctionalInterface
interface Pause {
    /** On a latch that nobody counts down: ends in time, or when the thread is interrupted. */
    Pause OF_THREAD = pauseMs -> new CountDownLatch(1).await(pauseMs, TimeUnit.MILLISECONDS);

    void await(long pauseMs) throws InterruptedException;
}
