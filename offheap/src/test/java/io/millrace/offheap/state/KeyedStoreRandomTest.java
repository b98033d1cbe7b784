package io.millrace.offheap.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.codec.TestPairs.Pair;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Batches at random, beside a HashMap that does the same. */
class KeyedStoreRandomTest {
    private static final long PLENTY = 64L << 20;

    @Test
    void aResidentStoreDoesWhatAHashMapDoes() {
        Seeds.play(60, random -> play(random, PLENTY, new MemoryLedger(PLENTY), null));
    }

    @Test
    void aStoreWhoseKeysAreMostlyColdDoesWhatAHashMapDoes() {
        Seeds.play(120, random -> {
            long residentBytes = 1 + random.nextInt(6000);
            play(random, residentBytes, new MemoryLedger(PLENTY), bytes -> new MemoryColdStore(bytes, Long.MAX_VALUE));
        });
    }

    @Test
    void aStoreThatIsFullNowAndThenLosesNothing() {
        Seeds.play(120, random -> {
            long residentBytes = 1 + random.nextInt(20_000);
            int coldKeys = random.nextInt(60);
            MemoryLedger ledger = new MemoryLedger((600 + random.nextInt(1000)) * 1024L);
            boolean isCold = random.nextInt(3) > 0;
            play(random, residentBytes, ledger, isCold ? bytes -> new MemoryColdStore(bytes, coldKeys) : null);
        });
    }

    private static void play(Random random, long residentBytes, MemoryLedger ledger, IntFunction<ColdStore> cold) {
        boolean tracksTimes = random.nextInt(3) > 0;
        KeyedStoreConfig config = new KeyedStoreConfig("random", residentBytes, tracksTimes);
        try (KeyedStore store = new KeyedStore(config, ledger, KeyedStoreContract.codec(), cold)) {
            new Game(random, store, tracksTimes).play();
        }
        LeakCheck.assertNothingHeld(ledger);
    }

    private record Held(Object value, long time) {}

    /** A scan, and what it is to give. */
    private static final class Watch {
        private final StoreScan scan;
        private final Map<Object, Object> left = new HashMap<>();

        Watch(StoreScan scan, Map<Object, Held> state) {
            this.scan = scan;
            state.forEach((key, held) -> left.put(key, held.value()));
        }

        /** Whether there is more. */
        boolean goOn(int atMost) {
            boolean more = scan.next(atMost, (key, value) -> {
                assertTrue(left.containsKey(key), () -> key + " was not there, or is given twice");
                assertEquals(left.remove(key), value);
            });
            if (!more) {
                assertEquals(Map.of(), left);
                scan.close();
            }
            return more;
        }
    }

    private static final class Game {
        private final Random random;
        private final KeyedStore store;
        private final boolean tracksTimes;
        private final int keys;
        private final List<Watch> watches = new ArrayList<>();
        private Map<Object, Held> state = new HashMap<>();
        private Map<Object, Integer> pins = new HashMap<>();
        private Map<Object, Integer> pinned = new HashMap<>();
        private long now;

        Game(Random random, KeyedStore store, boolean tracksTimes) {
            this.random = random;
            this.store = store;
            this.tracksTimes = tracksTimes;
            this.keys = 1 + random.nextInt(150);
        }

        void play() {
            for (int batch = 0; batch < 60; batch++) {
                batch();
                betweenBatches();
            }
            watches.forEach(watch -> watch.goOn(Integer.MAX_VALUE));
        }

        private void batch() {
            Map<Object, Held> before = new HashMap<>(state);
            Map<Object, Integer> pinsBefore = new HashMap<>(pins);
            Map<Object, Integer> pinnedBefore = new HashMap<>(pinned);
            now += random.nextInt(3);
            store.begin(now);
            boolean fails = random.nextInt(4) == 0;
            try {
                int acts = random.nextInt(random.nextInt(10) == 0 ? 200 : 20);
                for (int i = 0; i < acts; i++) {
                    act();
                }
                if (tracksTimes && random.nextInt(3) == 0) {
                    overdue(now - random.nextInt(8) + 1);
                }
                pins.keySet().forEach(key -> assertEquals(pinned.get(key), store.handleOf(key)));
            } catch (StoreFullException full) {
                fails = true;
            }
            if (fails) {
                store.rollback();
                state = before;
                pins = pinsBefore;
                pinned = pinnedBefore;
            } else {
                store.commit();
            }
        }

        private void act() {
            switch (random.nextInt(12)) {
                case 0, 1, 2, 3, 4 -> put(key());
                case 5 -> putLongs();
                case 6, 7 -> remove(key());
                case 8 -> touch(key());
                case 9 -> pin(key());
                case 10 -> unpin();
                default -> check(key());
            }
        }

        private void put(Object key) {
            Object value = value();
            store.put(store.handleOf(key), value);
            state.put(key, new Held(value, now));
        }

        private void putLongs() {
            LongColumn column = new LongColumn();
            int rows = 1 + random.nextInt(20);
            for (int row = 0; row < rows; row++) {
                column.values()[row] = random.nextInt(keys);
            }
            int[] handles = new int[rows];
            store.handlesOf(column, rows, handles);
            boolean[] present = new boolean[rows];
            Column values = store.valuesOf(handles, rows, present, new StoreColumns());
            for (int row = 0; row < rows; row++) {
                Held held = state.get(column.get(row));
                assertEquals(held != null, present[row]);
                assertEquals(held == null ? null : held.value(), present[row] ? values.get(row) : null);
            }
            for (int row = 0; row < rows; row++) {
                store.putLong(handles[row], row, column.type());
                state.put(column.get(row), new Held((long) row, now));
            }
        }

        private void remove(Object key) {
            store.remove(store.handleOf(key));
            state.remove(key);
        }

        private void touch(Object key) {
            if (state.containsKey(key)) {
                store.touch(store.handleOf(key));
                state.compute(key, (same, held) -> new Held(held.value(), now));
            }
        }

        private void pin(Object key) {
            int handle = store.handleOf(key);
            store.pinAll(new int[] {handle}, 1);
            pins.merge(key, 1, Integer::sum);
            pinned.put(key, handle);
        }

        private void unpin() {
            if (!pins.isEmpty()) {
                List<Object> candidates = new ArrayList<>(pins.keySet());
                Object key = candidates.get(random.nextInt(candidates.size()));
                store.unpinAll(new int[] {pinned.get(key)}, 1);
                if (pins.merge(key, -1, Integer::sum) == 0) {
                    pins.remove(key);
                    pinned.remove(key);
                }
            }
        }

        private void check(Object key) {
            int handle = store.handleOf(key);
            Held held = state.get(key);
            assertEquals(key, store.keyOf(handle));
            assertEquals(held != null, store.exists(handle));
            assertEquals(held == null ? null : held.value(), store.valueOf(handle));
            if (held != null && tracksTimes) {
                assertEquals(held.time(), store.updatedMs(handle));
            }
        }

        private void overdue(long beforeMs) {
            Set<Object> expected = new HashSet<>();
            state.forEach((key, held) -> {
                if (held.time() < beforeMs) {
                    expected.add(key);
                }
            });
            int[] handles = new int[1 + random.nextInt(10)];
            List<Integer> given = new ArrayList<>();
            int count = store.overdue(beforeMs, handles, handles.length);
            while (count > 0) {
                for (int i = 0; i < count; i++) {
                    given.add(handles[i]);
                }
                count = store.overdue(beforeMs, handles, handles.length);
            }
            assertEquals(expected.size(), given.size());
            for (int handle : given) {
                Object key = store.keyOf(handle);
                assertTrue(expected.remove(key), () -> key + " is not overdue, or was given twice");
                if (random.nextBoolean()) {
                    store.remove(handle);
                    state.remove(key);
                }
            }
        }

        private void betweenBatches() {
            assertEquals(state.size(), store.size());
            pinned.forEach((key, handle) -> assertEquals(key, store.keyOf(handle)));
            if (random.nextInt(4) == 0) {
                readAll();
            }
            Object key = key();
            Optional<StoredValue> read = store.read(key);
            assertEquals(state.containsKey(key), read.isPresent());
            read.ifPresent(stored -> assertEquals(state.get(key).value(), stored.value()));
            if (random.nextInt(10) == 0) {
                watches.add(new Watch(store.scan(), state));
            }
            if (random.nextInt(3) == 0) {
                watches.removeIf(watch -> !watch.goOn(random.nextInt(60)));
            }
            int upkeep = random.nextInt(3);
            for (int i = 0; i < 40 * upkeep && store.maintain(1 + random.nextInt(20)) > 0; i++) {
                assertEquals(state.size(), store.size());
            }
        }

        private void readAll() {
            Map<Object, Object> found = new HashMap<>();
            StoreReader reader = store.reader();
            StoreColumns columns = new StoreColumns();
            while (reader.next(columns)) {
                assertTrue(columns.rows() <= Chunk.MAX_ROWS);
                for (int row = 0; row < columns.rows(); row++) {
                    Object key = columns.keys().get(row);
                    assertFalse(found.containsKey(key), () -> key + " was read twice");
                    found.put(key, columns.values().get(row));
                }
            }
            Map<Object, Object> expected = new HashMap<>();
            state.forEach((key, held) -> expected.put(key, held.value()));
            assertEquals(expected, found);
        }

        private Object key() {
            int number = random.nextInt(keys);
            return switch (random.nextInt(11)) {
                case 7 -> new KeyedStoreContract.Place(number, "x");
                case 8 -> new KeyedStoreContract.Crowded(number % 40);
                case 9 -> new KeyedStoreContract.Labelled(number, "y".repeat(random.nextInt(3)));
                case 10 -> new KeyedStoreContract.Unknown(number % 5);
                case 0, 1 -> (long) number;
                case 2 -> number;
                case 3, 4 -> "key" + number;
                case 5 -> number % 3 == 0 ? null : (Object) (double) number;
                case 6 -> new Pair(number, "x".repeat(number));
                default -> List.of(number);
            };
        }

        private Object value() {
            int number = random.nextInt(5);
            return switch (random.nextInt(9)) {
                case 0, 1 -> number;
                case 2 -> (long) number;
                case 3 -> number / 2.0;
                case 4 -> "x".repeat(random.nextInt(200));
                case 5 -> random.nextInt(10) == 0 ? "y".repeat(random.nextInt(70_000)) : "y";
                case 6 -> new Pair(number, "value");
                case 7 -> random.nextInt(4) == 0 ? Game.class : (Object) (number % 2 == 0);
                default -> null;
            };
        }
    }
}
