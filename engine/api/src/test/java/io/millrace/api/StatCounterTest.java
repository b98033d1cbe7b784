package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class StatCounterTest {
    @Test
    void fourNumbersHaveTheStatisticsOnePaperGives() {
        StatCounter stats = new StatCounter(List.of(1.0, 2.0, 3.0, 6.0));
        assertEquals(4, stats.count());
        assertEquals(12.0, stats.sum());
        assertEquals(3.0, stats.mean());
        assertEquals(3.5, stats.variance());
        assertEquals(3.5, stats.popVariance());
        assertEquals(14.0 / 3, stats.sampleVariance(), 1e-12);
        assertEquals(Math.sqrt(3.5), stats.stdev());
        assertEquals(Math.sqrt(14.0 / 3), stats.sampleStdev(), 1e-12);
        assertEquals(1.0, stats.min());
        assertEquals(6.0, stats.max());
        assertEquals("(count: 4, mean: 3.000000, stdev: 1.870829, max: 6.000000, min: 1.000000)", stats.toString());
    }

    @Test
    void nothingHasNoMean() {
        StatCounter nothing = new StatCounter();
        assertEquals(0.0, nothing.sum());
        assertTrue(Double.isNaN(nothing.mean()));
        assertTrue(Double.isNaN(nothing.stdev()));
        assertTrue(Double.isNaN(new StatCounter().merge(1).sampleVariance()));
        assertEquals(Double.POSITIVE_INFINITY, nothing.min());
        assertEquals(
                1.0,
                nothing.copy()
                        .merge(new StatCounter())
                        .merge(new StatCounter().merge(1))
                        .mean());
    }

    @Test
    void mergedPartsAgreeWithTheWholeHoweverTheyAreCut() {
        long seed = 3;
        SplittableRandom random = new SplittableRandom(seed);
        StatCounter whole = new StatCounter();
        StatCounter merged = new StatCounter();
        for (int part = 0; part < 20; part++) {
            StatCounter counted = new StatCounter();
            for (int n = random.nextInt(0, 50); n > 0; n--) {
                double value = 1e9 + random.nextDouble();
                whole.merge(value);
                counted.merge(value);
            }
            merged.merge(counted);
        }
        assertEquals(whole.count(), merged.count());
        assertEquals(whole.mean(), merged.mean(), 1e-5, "seed " + seed);
        assertEquals(whole.variance(), merged.variance(), 1e-6, "seed " + seed);
        double before = merged.variance();
        assertEquals(before, merged.merge(merged).variance(), 1e-9);
        assertEquals(2 * whole.count(), merged.count());
    }
}
