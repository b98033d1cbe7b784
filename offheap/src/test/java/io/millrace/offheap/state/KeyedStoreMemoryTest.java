package io.millrace.offheap.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.codec.TestPairs.Pair;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.memory.MemoryLedger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class KeyedStoreMemoryTest {
    private static final int KEYS = 20_000;

    private final List<MemoryColdStore> opened = new ArrayList<>();

    private KeyedStore store(long residentBytes, MemoryLedger ledger, IntFunction<ColdStore> cold) {
        KeyedStoreConfig config = new KeyedStoreConfig("counts", residentBytes, false);
        return new KeyedStore(config, ledger, KeyedStoreContract.codec(), cold);
    }

    private ColdStore open(int keyBytes) {
        opened.add(new MemoryColdStore(keyBytes, Long.MAX_VALUE));
        return opened.get(opened.size() - 1);
    }

    private static void putAll(KeyedStore store, long from, int keys) {
        for (long key = from; key < from + keys; key++) {
            store.put(store.handleOf(key), key);
        }
    }

    private static void maintain(KeyedStore store) {
        while (store.maintain(100) > 0) {
            // Until there is nothing to do.
        }
    }

    @Test
    void aStateThatFitsOpensNoColdStore() {
        MemoryLedger ledger = new MemoryLedger(64L << 20);
        try (KeyedStore store = store(3L * KEYS * Entries.KEY_BYTES, ledger, this::open)) {
            store.begin(1);
            putAll(store, 0, KEYS);
            store.commit();
            assertEquals(0, store.maintain(100));
            assertEquals((long) KEYS * Entries.KEY_BYTES, store.residentBytes());
            assertEquals(List.of(), opened);
        }
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void keysThatWereNotAskedForAreMovedOutUntilAnEighthOfTheBudgetIsFree() {
        MemoryLedger ledger = new MemoryLedger(64L << 20);
        long budget = (long) KEYS * Entries.KEY_BYTES / 2;
        try (KeyedStore store = store(budget, ledger, this::open)) {
            store.begin(1);
            putAll(store, 0, KEYS);
            store.commit();
            store.begin(2);
            putAll(store, 0, KEYS / 10);
            store.commit();
            assertTrue(store.isOverBudget());
            maintain(store);
            assertFalse(store.isOverBudget());
            assertTrue(store.residentBytes() <= budget - budget / 8);
            assertTrue(store.residentBytes() > budget / 2);
            assertEquals(KEYS, store.size());
            store.begin(3);
            putAll(store, 0, KEYS / 10);
            assertEquals(0, store.coldReads(), "a key that was just asked for is still resident");
            store.commit();
        }
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void aBatchThatTheLedgerHasNoRoomForMovesOutWhatItDidNotAskFor() {
        MemoryLedger ledger = new MemoryLedger(2L << 20);
        try (KeyedStore store = store(1L << 40, ledger, this::open)) {
            for (int batch = 0; batch < 20; batch++) {
                store.begin(batch);
                putAll(store, batch * 5000L, 5000);
                store.commit();
            }
            assertEquals(100_000, store.size());
            assertTrue(store.coldKeys() > 50_000);
            store.begin(20);
            assertEquals(7L, store.valueOf(store.handleOf(7L)));
            store.rollback();
        }
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void withoutAColdStoreTheBudgetIsACapAndARefusalNamesTheSettings() {
        MemoryLedger ledger = new MemoryLedger(64L << 20);
        try (KeyedStore store = store(100L * Entries.KEY_BYTES, ledger, null)) {
            store.begin(1);
            StoreFullException full = assertThrows(StoreFullException.class, () -> putAll(store, 0, 101));
            for (String part : List.of("counts", "millrace.state.residentBytes", "millrace.memory.maxBytes", "4800")) {
                assertTrue(full.getMessage().contains(part), full.getMessage());
            }
            store.rollback();
            store.begin(2);
            putAll(store, 0, 100);
            store.commit();
            assertEquals(100, store.size());
            assertFalse(store.isOverBudget());
        }
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void keysThatAreObjectsMoveOutUnlessTheyHaveNoBytesOrManyHaveTheirHashCode() {
        MemoryLedger ledger = new MemoryLedger(64L << 20);
        try (KeyedStore store = store(1, ledger, this::open)) {
            store.begin(1);
            for (int i = 0; i < 100; i++) {
                store.put(store.handleOf(new KeyedStoreContract.Place(i, "x")), i);
                store.put(store.handleOf(new KeyedStoreContract.Crowded(i)), i);
            }
            for (int i = 0; i < 10; i++) {
                store.put(store.handleOf(new KeyedStoreContract.Unknown(i)), i);
                store.put(store.handleOf(new KeyedStoreContract.Single()), i);
            }
            store.commit();
            maintain(store);
            assertEquals(220, store.size());
            assertEquals(100 + 32, store.coldKeys());
            assertFalse(store.isOverBudget(), "nothing can be done");
        }
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void aFullColdStoreLeavesKeysResident() {
        MemoryLedger ledger = new MemoryLedger(64L << 20);
        try (KeyedStore store = store(1000, ledger, keyBytes -> new MemoryColdStore(keyBytes, 10))) {
            store.begin(1);
            putAll(store, 0, 100);
            store.commit();
            maintain(store);
            assertEquals(100, store.size());
            assertEquals(90, store.residentKeys());
            assertFalse(store.isOverBudget(), "nothing can be done");
        }
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void whereTheColdStoreIsFullItsMessageComesFirst() {
        MemoryLedger ledger = new MemoryLedger(2L << 20);
        try (KeyedStore store = store(1L << 40, ledger, keyBytes -> new MemoryColdStore(keyBytes, 10))) {
            store.begin(1);
            putAll(store, 0, 5000);
            store.commit();
            store.begin(2);
            StoreFullException full = assertThrows(StoreFullException.class, () -> putAll(store, 5000, 100_000));
            assertTrue(full.getMessage().startsWith("a cold store of 10 keys. "), full.getMessage());
            assertFalse(full.getMessage().contains("residentBytes"), full.getMessage());
            assertFalse(full.getMessage().contains(" 0 bytes more"), full.getMessage());
            store.rollback();
        }
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void aReaderThatKeepsKeysFromMovingOutIsNamed() {
        MemoryLedger ledger = new MemoryLedger(2L << 20);
        try (KeyedStore store = store(1L << 40, ledger, this::open)) {
            store.begin(1);
            putAll(store, 0, 5000);
            store.commit();
            StoreScan scan = store.scan();
            store.begin(2);
            StoreFullException full = assertThrows(StoreFullException.class, () -> putAll(store, 5000, 100_000));
            assertTrue(
                    full.getMessage().startsWith("a reader is going through the state of 'counts'"), full.getMessage());
            store.rollback();
            scan.close();
            store.begin(3);
            putAll(store, 5000, 20_000);
            store.commit();
            assertEquals(25_000, store.size());
        }
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void aColdValueIsUnchangedIfItsBytesAre() {
        MemoryLedger ledger = new MemoryLedger(64L << 20);
        Map<Object, Object> values = new HashMap<>();
        values.put(1, 1);
        values.put(2, "text");
        values.put(3, null);
        values.put(4, new ArrayList<>(List.of(1)));
        values.put(5, 0.5);
        values.put(6, new Pair("a", 1));
        try (KeyedStore store = store(1, ledger, this::open)) {
            store.begin(1);
            values.forEach((key, value) -> store.put(store.handleOf(key), value));
            store.commit();
            maintain(store);
            List<ColdEntry> cold = new ArrayList<>();
            for (int section = 0; section < store.coldSections(); section++) {
                store.coldSection(section, cold);
            }
            assertEquals(values.size(), cold.size());
            for (ColdEntry entry : cold) {
                assertTrue(store.isUnchanged(entry, entry.value()), () -> entry.key() + " was not changed");
                assertTrue(store.isUnchanged(entry, values.get(entry.key())));
                for (Object other : Arrays.asList(1L, "other", new Pair("a", 2), -0.5, KeyedStoreMemoryTest.class)) {
                    assertFalse(store.isUnchanged(entry, other));
                }
                assertEquals(entry.value() == null, store.isUnchanged(entry, null));
                if (entry.value() instanceof List<?> list) {
                    list.remove(0);
                    assertFalse(store.isUnchanged(entry, list), "changed in place");
                }
            }
        }
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void keysOfOneHashAreFoundAll() {
        record Odd(int number) {
            @Override
            public int hashCode() {
                return 1;
            }
        }
        MemoryLedger ledger = new MemoryLedger(64L << 20);
        try (KeyedStore store = store(1L << 30, ledger, null)) {
            store.begin(1);
            for (int i = 0; i < 3000; i++) {
                store.put(store.handleOf(new Odd(i)), i);
            }
            store.commit();
            store.begin(2);
            for (int i = 0; i < 3000; i += 2) {
                store.remove(store.handleOf(new Odd(i)));
            }
            store.commit();
            assertEquals(1500, store.size());
            store.begin(3);
            assertEquals(2999, store.valueOf(store.handleOf(new Odd(2999))));
            store.commit();
        }
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void memoryIsGivenBackWhenKeysAreRemoved() {
        MemoryLedger ledger = new MemoryLedger(64L << 20);
        try (KeyedStore store = store(1L << 30, ledger, null)) {
            store.begin(1);
            for (int i = 0; i < KEYS; i++) {
                store.put(store.handleOf("key " + i), "value " + i);
            }
            store.commit();
            long used = ledger.usedBytes();
            store.begin(2);
            for (int i = 0; i < KEYS; i++) {
                store.remove(store.handleOf("key " + i));
            }
            store.commit();
            assertEquals(0, store.residentBytes());
            assertTrue(ledger.usedBytes() < used / 2, ledger.usedBytes() + " of " + used);
        }
        LeakCheck.assertNothingHeld(ledger);
    }
}
