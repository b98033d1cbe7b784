package io.millrace.offheap.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.codec.RecordClasses;
import io.millrace.offheap.codec.TestPairs;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryLimitException;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A save beside batches; {@link EntryLogRandomTest} plays them at random. */
class StoreSaveTest {
    private final ObjectEncoding encoding = new ObjectEncoding(new RecordClasses(List.of(), TestPairs.PAIRS));

    private KeyedStore open(MemoryLedger ledger, boolean hasCold, long residentBytes) {
        KeyedStoreConfig config = new KeyedStoreConfig("counts", residentBytes, false);
        return new KeyedStore(
                config,
                ledger,
                encoding.newCodec(),
                hasCold ? bytes -> new MemoryColdStore(bytes, Long.MAX_VALUE) : null);
    }

    private static void put(KeyedStore store, Object key, Object value) {
        store.put(store.handleOf(key), value);
    }

    /** Gives what is in a log, and clears it; no key may be there twice. */
    private Map<Object, Object> take(EntryLog log) throws IOException {
        Map<Object, Object> found = new HashMap<>();
        EntryReader reader = new EntryReader(encoding.newCodec());
        log.forEachChunk((buffer, offset, length) -> {
            reader.wrap(buffer, offset, length);
            while (reader.next()) {
                assertFalse(found.containsKey(reader.key()), () -> reader.key() + " is there twice");
                found.put(reader.key(), reader.value());
            }
        });
        log.clear();
        return found;
    }

    @Test
    void aSaveGivesWhatThereWasWhenItBeganWhateverBatchesDoMeanwhile() throws IOException {
        MemoryLedger ledger = new MemoryLedger(16 << 20);
        try (KeyedStore store = open(ledger, false, 1L << 30);
                EntryLog log = new EntryLog(ledger)) {
            store.begin(1);
            for (int key = 0; key < 6; key++) {
                put(store, key, key);
            }
            store.commit();
            StoreSave save = store.save();
            assertTrue(save.next(2, log));
            store.begin(2);
            put(store, 1, "passed");
            put(store, 2, "changed");
            store.remove(store.handleOf(3));
            put(store, 6, "new");
            store.commit();
            store.begin(3);
            put(store, 2, "changed again");
            put(store, 7, "in the place of 3");
            store.commit();
            store.begin(4);
            put(store, 4, "rolled back");
            store.rollback();
            assertFalse(save.next(100, log));
            assertEquals(Map.of(0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5), take(log));
            save.close();
        }
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void keysThatMoveOutOrComeBackMeanwhileAreGivenOnce() throws IOException {
        MemoryLedger ledger = new MemoryLedger(16 << 20);
        try (KeyedStore store = open(ledger, true, 1);
                EntryLog log = new EntryLog(ledger)) {
            Map<Object, Object> expected = new HashMap<>();
            store.begin(1);
            for (int key = 0; key < 100; key++) {
                put(store, key, key);
                expected.put(key, key);
            }
            store.commit();
            moveOut(store);
            assertEquals(100, store.coldKeys());
            StoreSave save = store.save();
            assertTrue(save.next(1, log), "a section");
            store.begin(2);
            for (int key = 0; key < 50; key++) {
                put(store, key, "came back");
            }
            store.commit();
            moveOut(store);
            assertEquals(50, store.coldKeys(), "while cold keys are read none moves out");
            while (log.entries() < 100) {
                save.next(1, log);
            }
            moveOut(store);
            assertEquals(100, store.coldKeys());
            store.begin(3);
            put(store, 7, "came back again");
            store.commit();
            assertFalse(save.next(1000, log));
            assertEquals(expected, take(log));
        }
        LeakCheck.assertNothingHeld(ledger);
    }

    private static void moveOut(KeyedStore store) {
        for (int batch = 0; batch < 100 && store.isOverBudget(); batch++) {
            store.begin(1);
            store.commit();
            while (store.maintain(1000) > 0) {}
        }
    }

    @Test
    void aSaveFailsWhenThereIsNoRoomForWhatABatchHasChangedAndTheBatchDoesNot() throws IOException {
        MemoryLedger ledger = new MemoryLedger(1 << 20);
        try (KeyedStore store = open(ledger, false, 1L << 30);
                EntryLog log = new EntryLog(ledger)) {
            store.begin(1);
            put(store, "key", "x".repeat(600_000));
            store.commit();
            StoreSave save = store.save();
            store.begin(2);
            put(store, "key", 2);
            store.commit();
            assertThrows(MemoryLimitException.class, () -> save.next(10, log));
            assertThrows(MemoryLimitException.class, () -> save.next(10, log));
            save.close();
            try (StoreSave other = store.save()) {
                assertFalse(other.next(10, log));
            }
            assertEquals(Map.of("key", 2), take(log));
        }
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void aSaveThatWasClosedBeforeItsEndDoesNotGoOn() {
        MemoryLedger ledger = new MemoryLedger(16 << 20);
        try (KeyedStore store = open(ledger, false, 1L << 30);
                EntryLog log = new EntryLog(ledger)) {
            store.begin(1);
            put(store, 1, 1);
            put(store, 2, 2);
            store.commit();
            StoreSave save = store.save();
            assertTrue(save.next(1, log));
            save.close();
            assertThrows(IllegalStateException.class, () -> save.next(1, log));
            store.begin(2);
            put(store, 2, 3);
            store.commit();
            try (StoreSave other = store.save()) {
                assertTrue(other.next(2, log));
                assertFalse(other.next(1, log));
                assertFalse(other.next(1, log), "and stays at its end");
            }
        }
        LeakCheck.assertNothingHeld(ledger);
    }
}
