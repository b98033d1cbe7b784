package io.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class RememberedThreadsTest {
    @Test
    void threadsAreDaemonsAndRememberedStartedOrNot() throws Exception {
        RememberedThreads threads = new RememberedThreads();
        CountDownLatch go = new CountDownLatch(1);
        Thread running = threads.newThread(() -> {
            try {
                go.await();
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        });
        Thread idle = threads.newThread(() -> {});
        running.start();
        assertTrue(running.isDaemon() && idle.isDaemon());
        assertEquals(List.of(running, idle), threads.made());
        go.countDown();
        threads.assertAllEnded();
    }
}
