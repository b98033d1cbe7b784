// lanes: double
package io.millrace.offheap.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.memory.Seeds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;

class /*V*/ LongSlotsTest {

    private final /*V*/ LongSlots slots = new /*V*/ LongSlots();

    @Test
    void valuesAreAddedIntoTheirSlots() {
        slots.ensure(3);
        slots.add(new int[] {0, 2, 0, 1}, new /*V*/ long[] {5, 7, -2, 1}, 4);
        slots.add(new int[] {2, 1}, new /*V*/ long[] {1, 100}, 1);
        assertArrayEquals(new /*V*/ long[] {3, 1, 8}, Arrays.copyOf(slots.values(), slots.size()));
    }

    @Test
    void oneAmountCanBeAddedForEveryRow() {
        slots.ensure(2);
        slots.add(new int[] {0, 1, 1, 1}, 2, 4);
        assertArrayEquals(new /*V*/ long[] {2, 6}, Arrays.copyOf(slots.values(), 2));
    }

    @Test
    void theFirstValueOfASlotIsItsMinimumAndMaximum() {
        /*V*/ LongSlots least = new /*V*/ LongSlots();
        least.ensure(2);
        slots.ensure(2);
        int[] rows = {0, 1, 0};
        slots.max(rows, new /*V*/ long[] {-5, -7, -6}, 3);
        least.min(rows, new /*V*/ long[] {5, 7, 6}, 3);
        assertArrayEquals(new /*V*/ long[] {-5, -7}, Arrays.copyOf(slots.values(), 2));
        assertArrayEquals(new /*V*/ long[] {5, 7}, Arrays.copyOf(least.values(), 2));
        assertEquals(2, least.filled());
    }

    @Test
    void newSlotsAreZeroAlsoAfterClear() {
        slots.ensure(100);
        slots.add(new int[] {99}, 5, 1);
        slots.setFilled(100);
        slots.clear();
        assertEquals(0, slots.size());
        assertEquals(0, slots.filled());
        slots.ensure(200);
        for (int slot = 0; slot < 200; slot++) {
            assertTrue(slots.values()[slot] == 0);
        }
    }

    @Test
    void ensuringFewerSlotsThanThereAreChangesNothing() {
        slots.ensure(10);
        slots.add(new int[] {9}, 1, 1);
        slots.ensure(5);
        assertEquals(10, slots.size());
        assertTrue(slots.values()[9] == 1);
    }

    @Test
    void slotsThatStoodMostlyEmptyForLongGiveMemoryBack() {
        slots.ensure(100_000);
        slots.clear();
        for (int i = 0; i < ShrinkRule.PATIENCE + 1; i++) {
            slots.ensure(10);
            slots.clear();
        }
        assertTrue(slots.values().length < 1000);
        slots.ensure(100_000);
        assertTrue(slots.values()[99_999] == 0);
    }

    @Test
    void sumsMinimaAndMaximaAreThoseOfAMapForRandomRows() {
        Seeds.play(50, random -> {
            judge(random, /*V*/ Long::sum, (into, rows, count) -> into.add(rows.slots, rows.values, count));
            judge(random, Math::min, (into, rows, count) -> into.min(rows.slots, rows.values, count));
            judge(random, Math::max, (into, rows, count) -> into.max(rows.slots, rows.values, count));
        });
    }

    private static void judge(Random random, BinaryOperator</*V*/ Long> merge, Loop loop) {
        /*V*/ LongSlots slots = new /*V*/ LongSlots();
        Map<Integer, /*V*/ Long> judge = new HashMap<>();
        Rows rows = new Rows();
        int known = 0;
        for (int chunk = 0; chunk < 10; chunk++) {
            int count = random.nextInt(200);
            for (int row = 0; row < count; row++) {
                int slot = known == 0 || random.nextInt(3) == 0 ? known++ : random.nextInt(known);
                rows.slots[row] = slot;
                rows.values[row] = random.nextInt(1000) - 500;
                judge.merge(slot, rows.values[row], merge);
            }
            slots.ensure(known);
            loop.run(slots, rows, count);
        }
        assertEquals(known, slots.size());
        for (int slot = 0; slot < known; slot++) {
            assertEquals(judge.get(slot), slots.values()[slot]);
        }
    }

    private static final class Rows {
        final int[] slots = new int[200];
        final /*V*/ long[] values = new /*V*/ long[200];
    }

    private interface Loop {
        void run(/*V*/ LongSlots into, Rows rows, int count);
    }
}
