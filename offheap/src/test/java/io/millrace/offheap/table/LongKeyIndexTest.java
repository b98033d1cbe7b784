package io.millrace.offheap.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.millrace.offheap.memory.Seeds;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongKeyIndexTest {

    private final LongKeyIndex index = new LongKeyIndex();

    @Test
    void keysAreNumberedAsTheyAreFirstSeen() {
        int[] slots = new int[6];
        index.slotsOf(new long[] {7, 0, 7, -1, Long.MIN_VALUE, 0}, 6, slots);
        assertArrayEquals(new int[] {0, 1, 0, 2, 3, 1}, slots);
        assertEquals(4, index.size());
        assertEquals(7, index.keyAt(0));
        assertEquals(Long.MIN_VALUE, index.keyAt(3));
        assertEquals(1, index.slotOf(0));
        assertEquals(4, index.slotOf(Long.MAX_VALUE));
    }

    @Test
    void rowsBehindTheCountAreNotLookedAt() {
        int[] slots = {9, 9};
        index.slotsOf(new long[] {1, 2}, 1, slots);
        assertArrayEquals(new int[] {0, 9}, slots);
        assertEquals(1, index.size());
    }

    @Test
    void slotsAreThoseOfAMapForRandomKeysThroughGrowthAndClears() {
        Seeds.play(40, random -> {
            LongKeyIndex tried = new LongKeyIndex();
            for (int batch = 0; batch < 4; batch++) {
                Map<Long, Integer> judge = new HashMap<>();
                int vocabulary = 1 + random.nextInt(20_000);
                int shift = random.nextInt(50);
                long[] keys = new long[1024];
                int[] slots = new int[1024];
                for (int chunk = 0; chunk < 20; chunk++) {
                    for (int row = 0; row < keys.length; row++) {
                        keys[row] = (long) random.nextInt(vocabulary) << shift;
                    }
                    tried.slotsOf(keys, keys.length, slots);
                    for (int row = 0; row < keys.length; row++) {
                        judge.putIfAbsent(keys[row], judge.size());
                        assertEquals(judge.get(keys[row]), slots[row]);
                    }
                }
                assertEquals(judge.size(), tried.size());
                judge.forEach((key, slot) -> assertEquals(key, tried.keyAt(slot)));
                tried.clear();
                assertEquals(0, tried.size());
            }
        });
    }

    @Test
    void aMillionKeysHaveAMillionSlots() {
        for (int i = 0; i < 1_000_000; i++) {
            assertEquals(i, index.slotOf(31L * i));
        }
        for (int i = 0; i < 1_000_000; i++) {
            assertEquals(i, index.slotOf(31L * i));
        }
    }

    @Test
    void idsThatHaveGrownTooFarStartAgain() {
        LongKeyIndex tried = new LongKeyIndex(LongKeyIndex.MAX_ID - 400);
        for (int batch = 0; batch < 20; batch++) {
            for (int i = 0; i < 50; i++) {
                assertEquals(i, tried.slotOf(batch * 20L + i));
            }
            tried.clear();
        }
    }

    @Test
    void theHashDependsOnTheKeyAlone() {
        Random random = new Random(1);
        for (int i = 0; i < 100; i++) {
            long key = random.nextLong();
            assertEquals(KeyHash.of(key), index.hash(index.slotOf(key)));
        }
        assertNotEquals(KeyHash.of(1L), KeyHash.of(2L));
    }

    @Test
    void anIndexThatStoodMostlyEmptyForLongStillWorks() {
        for (int i = 0; i < 100_000; i++) {
            index.slotOf(i);
        }
        index.clear();
        for (int batch = 0; batch < 2 * ShrinkRule.PATIENCE + 2; batch++) {
            assertEquals(0, index.slotOf(batch));
            assertEquals(1, index.slotOf(-1));
            index.clear();
        }
        for (int i = 0; i < 100_000; i++) {
            assertEquals(i, index.slotOf(i));
        }
    }
}
