package io.millrace.offheap.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What differs between the kinds of slots; what they share is in LongSlotsTest, written once for long and double. */
class SlotsTest {

    @Test
    void aSumOfNegativeZeroAloneStaysNegativeZero() {
        DoubleSlots sums = new DoubleSlots();
        sums.ensure(1);
        sums.add(new int[] {0}, new double[] {-0.0}, 1);
        assertEquals(-0.0, sums.values()[0]);
    }

    @Test
    void minimumAndMaximumSeeNotANumberAsJavaDoes() {
        DoubleSlots least = new DoubleSlots();
        least.ensure(1);
        least.min(new int[] {0, 0}, new double[] {1, Double.NaN}, 2);
        assertTrue(Double.isNaN(least.values()[0]));
        DoubleSlots greatest = new DoubleSlots();
        greatest.ensure(1);
        greatest.max(new int[] {0, 0}, new double[] {-0.0, 0.0}, 2);
        assertEquals(0.0, greatest.values()[0]);
    }

    @Test
    void aSumOfLongsWrapsAsLongsDo() {
        LongSlots sums = new LongSlots();
        sums.ensure(1);
        sums.add(new int[] {0, 0}, new long[] {Long.MAX_VALUE, 1}, 2);
        assertEquals(Long.MIN_VALUE, sums.values()[0]);
    }

    @Test
    void clearedSlotsHoldNoObject() {
        RefSlots slots = new RefSlots();
        slots.ensure(100);
        slots.values()[99] = "held";
        slots.setFilled(100);
        assertEquals(100, slots.filled());
        Object[] before = slots.values();
        slots.clear();
        assertNull(before[99]);
        assertEquals(0, slots.size());
        assertEquals(0, slots.filled());
        slots.ensure(1000);
        assertEquals(1000, slots.size());
        assertNull(slots.values()[999]);
    }

    @Test
    void refSlotsThatStoodMostlyEmptyForLongGiveMemoryBack() {
        RefSlots slots = new RefSlots();
        slots.ensure(100_000);
        slots.clear();
        for (int i = 0; i < ShrinkRule.PATIENCE + 1; i++) {
            slots.ensure(10);
            slots.clear();
        }
        assertTrue(slots.values().length < 1000);
    }
}
