package io.millrace.offheap.table;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.millrace.offheap.memory.Seeds;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RefKeyIndexTest {

    private final RefKeyIndex index = new RefKeyIndex();

    /** Collides with all its kind. */
    private record Collider(int number) {
        @Override
        public int hashCode() {
            return 42;
        }
    }

    @Test
    void keysAreNumberedAsTheyAreFirstSeenAndNullIsAKey() {
        int[] slots = new int[5];
        String again = new String("a");
        index.slotsOf(new Object[] {"a", null, again, 1, null}, 5, slots);
        assertArrayEquals(new int[] {0, 1, 0, 2, 1}, slots);
        assertEquals("a", index.keyAt(0));
        assertNull(index.keyAt(1));
        assertEquals(3, index.size());
    }

    @Test
    void theFirstOfEqualKeysIsKept() {
        String first = new String("a");
        index.slotOf(first);
        index.slotOf(new String("a"));
        assertSame(first, index.keyAt(0));
    }

    @Test
    void zeroAndNullAreTwoKeysThoughTheirHashesAreEqual() {
        assertEquals(0, index.slotOf(0));
        assertEquals(1, index.slotOf(null));
        assertEquals(index.hash(0), index.hash(1));
    }

    @Test
    void keysThatAllCollideStillHaveTheirOwnSlots() {
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 500; i++) {
                assertEquals(i, index.slotOf(new Collider(i)));
            }
        }
    }

    @Test
    void slotsAreThoseOfAMapForRandomKeysThroughGrowthAndClears() {
        Seeds.play(20, random -> {
            RefKeyIndex tried = new RefKeyIndex();
            for (int batch = 0; batch < 4; batch++) {
                Map<Object, Integer> judge = new HashMap<>();
                Object[] keys = new Object[500];
                int[] slots = new int[500];
                int vocabulary = 1 + random.nextInt(3000);
                for (int chunk = 0; chunk < 20; chunk++) {
                    for (int row = 0; row < keys.length; row++) {
                        int number = random.nextInt(vocabulary);
                        keys[row] = switch (number % 5) {
                            case 0 -> number;
                            case 1 -> (long) number;
                            case 2 -> "key " + number;
                            case 3 -> number < 100 ? new Collider(number) : null;
                            default -> (double) number;
                        };
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
    void idsThatHaveGrownTooFarStartAgain() {
        RefKeyIndex tried = new RefKeyIndex(RefKeyIndex.MAX_ID - 400);
        for (int batch = 0; batch < 20; batch++) {
            for (int i = 0; i < 50; i++) {
                assertEquals(i, tried.slotOf(batch * 20 + i));
            }
            tried.clear();
        }
    }

    @Test
    void aClearedIndexHoldsNoKey() {
        index.slotOf("held");
        index.clear();
        assertNull(index.keyAt(0));
    }

    @Test
    void whatAKeysOwnMethodsThrowLeavesTheIndexAsItWas() {
        Object broken = new Object() {
            @Override
            public int hashCode() {
                throw new UnsupportedOperationException("no hash");
            }
        };
        index.slotOf("a");
        assertThrows(UnsupportedOperationException.class, () -> index.slotOf(broken));
        assertEquals(1, index.size());
        assertEquals(1, index.slotOf("b"));
    }

    @Test
    void anIndexThatStoodMostlyEmptyForLongStillWorks() {
        for (int i = 0; i < 100_000; i++) {
            index.slotOf(i);
        }
        index.clear();
        for (int batch = 0; batch < 2 * ShrinkRule.PATIENCE + 2; batch++) {
            assertEquals(0, index.slotOf(batch));
            index.clear();
        }
        for (int i = 0; i < 100_000; i++) {
            assertEquals(i, index.slotOf(i));
        }
    }
}
