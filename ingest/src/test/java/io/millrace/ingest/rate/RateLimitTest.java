package io.millrace.ingest.rate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final AtomicLong nanos = new AtomicLong(-5);

    @Test
    void withoutAMaximumEveryRateIsTaken() {
        RateLimit limit = new RateLimit(Long.MAX_VALUE, nanos::get);
        limit.update(105);
        assertEquals(105, limit.perSecond());
    }

    @Test
    void aRateBelowTheMaximumIsTakenAndOneAboveMeansTheMaximum() {
        RateLimit high = new RateLimit(110, nanos::get);
        high.update(105);
        assertEquals(105, high.perSecond());

        RateLimit low = new RateLimit(100, nanos::get);
        low.update(105);
        assertEquals(100, low.perSecond());
    }

    @Test
    void aRateOfZeroOrLessIsIgnored() {
        RateLimit limit = new RateLimit(100, nanos::get);
        limit.update(0);
        limit.update(-7);
        assertEquals(100, limit.perSecond());
        assertThrows(IllegalArgumentException.class, () -> new RateLimit(0, nanos::get));
    }

    @Test
    void withoutALimitNobodyWaits() {
        RateLimit limit = new RateLimit(Long.MAX_VALUE, nanos::get);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(0, limit.acquire());
        }
    }

    @Test
    void everyTenthOfASecondBringsATenthOfTheRate() {
        RateLimit limit = new RateLimit(1001, nanos::get);
        int total = 0;
        for (int block = 0; block < 20; block++) {
            int inBlock = 0;
            for (int ms = 0; ms < 100; ms++) {
                nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(1));
                while (limit.acquire() == 0) {
                    inBlock++;
                }
            }
            assertEquals(100, inBlock, 5, "block " + block);
            total += inBlock;
        }
        assertEquals(2_002, total, 100);
    }

    @Test
    void afterAPauseAtMostATenthOfASecondIsMadeUp() {
        RateLimit limit = new RateLimit(1_000, nanos::get);
        nanos.addAndGet(TimeUnit.HOURS.toNanos(1));
        int atOnce = 0;
        while (limit.acquire() == 0) {
            atOnce++;
        }
        assertEquals(100, atOnce);
    }

    @Test
    void whoIsRefusedLearnsWhenToAskAgain() {
        RateLimit limit = new RateLimit(10, nanos::get);
        assertEquals(0, limit.acquire());
        long wait = limit.acquire();
        assertEquals(TimeUnit.MILLISECONDS.toNanos(100), wait, 2);
        nanos.addAndGet(wait / 2);
        assertTrue(limit.acquire() > 0);
        nanos.addAndGet(wait / 2 + 2);
        assertEquals(0, limit.acquire());
    }
}
