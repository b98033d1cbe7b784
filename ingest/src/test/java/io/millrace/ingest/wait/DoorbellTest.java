package io.millrace.ingest.wait;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class DoorbellTest {
    /** Longer than any test runs: a lost ring shows as the timeout of the test, not as a slow pass. */
    private static final long FOR_EVER = TimeUnit.HOURS.toNanos(1);

    private final Doorbell bell = new Doorbell();

    @Test
    void aRingBeforeTheWaitIsRemembered() {
        bell.ring();
        assertTrue(bell.await(FOR_EVER));
    }

    @Test
    void manyRingsAreNoticedOnce() {
        bell.ring();
        bell.ring();
        assertTrue(bell.poll());
        assertFalse(bell.poll());
        assertFalse(bell.await(1));
    }

    @Test
    void aSilentBellLetsTheOwnerGoWhenTheTimeIsOver() {
        assertFalse(bell.await(1_000));
        assertFalse(bell.await(0));
        assertFalse(bell.await(-1));
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() {
        Thread.currentThread().interrupt();
        assertFalse(bell.await(FOR_EVER));
        assertTrue(Thread.interrupted());
    }

    @Test
    @Timeout(60)
    void aWaitingOwnerIsWoken() throws InterruptedException {
        Thread owner = new Thread(() -> {
            while (!bell.await(FOR_EVER)) {
                Thread.onSpinWait();
            }
        });
        owner.start();
        while (LockSupport.getBlocker(owner) != bell) {
            Thread.onSpinWait();
        }
        bell.ring();
        owner.join();
    }

    @Test
    @Timeout(120)
    void noRingIsLostBetweenTwoThreadsThatAnswerEachOther() throws InterruptedException {
        int rounds = 100_000;
        Doorbell answer = new Doorbell();
        AtomicLong asked = new AtomicLong();
        AtomicLong answered = new AtomicLong();

        Thread answerer = new Thread(() -> {
            for (long next = 1; next <= rounds; next++) {
                while (asked.getAcquire() < next) {
                    bell.await(FOR_EVER);
                }
                answered.setRelease(next);
                answer.ring();
            }
        });
        answerer.start();
        for (long next = 1; next <= rounds; next++) {
            asked.setRelease(next);
            bell.ring();
            while (answered.getAcquire() < next) {
                answer.await(FOR_EVER);
            }
        }
        answerer.join();
        assertEquals(rounds, answered.get());
    }
}
