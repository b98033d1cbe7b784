package io.millrace.offheap.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.codec.RecordClasses;
import io.millrace.offheap.codec.TestPairs;
import io.millrace.offheap.codec.TestPairs.Pair;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.Seeds;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Several stores that are fed at random and saved meanwhile, and the stores of another partitioning that take it all in. */
class EntryLogRandomTest {
    /** A registered class. */
    record Place(int x, String name) {}

    @Test
    void logsOfResidentStoresGiveTheSameStateInOtherPartitions() {
        Seeds.play(100, random -> new Game(random, 64L << 20, 200, 200).play());
    }

    @Test
    void logsOfStoresWhoseKeysAreMostlyColdGiveTheSameStateInOtherPartitions() {
        Seeds.play(200, random -> new Game(random, 1 + random.nextInt(6000), 200, 200).play());
    }

    @Test
    void aSaveOfAStoreThatGrowsAndShrinksGivesWhatThereWasWhenItBegan() {
        Seeds.play(4, random -> new Game(random, 64L << 20, 30_000, 3000).play());
        Seeds.play(4, random -> new Game(random, 1 + random.nextInt(400_000), 30_000, 3000).play());
    }

    private record Held(Object value, long time) {}

    private static final class Game {
        private final Random random;
        private final MemoryLedger ledger = new MemoryLedger(256L << 20);
        private final RecordClasses classes = new RecordClasses(List.of(Place.class), TestPairs.PAIRS);
        private final ObjectEncoding encoding = new ObjectEncoding(classes);
        private final long residentBytes;
        private final boolean tracksTimes;
        private final int keys;
        private final int mostActs;
        private final List<Partition> partitions = new ArrayList<>();
        private long now = 1_000_000;

        Game(Random random, long residentBytes, int mostKeys, int mostActs) {
            this.random = random;
            this.residentBytes = residentBytes;
            this.tracksTimes = random.nextInt(3) > 0;
            this.keys = 1 + random.nextInt(mostKeys);
            this.mostActs = mostActs;
        }

        private KeyedStore open(ObjectEncoding with) {
            boolean isCold = residentBytes < 1 << 20;
            IntFunction<ColdStore> cold = bytes -> new MemoryColdStore(bytes, Long.MAX_VALUE);
            KeyedStoreConfig config = new KeyedStoreConfig("random", residentBytes, tracksTimes);
            return new KeyedStore(config, ledger, with.newCodec(), isCold ? cold : null);
        }

        void play() throws IOException {
            int count = 1 + random.nextInt(3);
            for (int partition = 0; partition < count; partition++) {
                partitions.add(new Partition());
            }
            for (int batch = 0; batch < 40; batch++) {
                now += random.nextInt(3);
                partitions.forEach(Partition::batch);
                partitions.forEach(Partition::betweenBatches);
            }
            List<byte[]> chunks = new ArrayList<>();
            for (Partition partition : partitions) {
                partition.finish();
                chunks.addAll(partition.saved);
            }
            for (Partition partition : partitions) {
                chunks.addAll(partition.changes);
            }
            reload(chunks, encoding.newCodec());
            List<String> names = new ArrayList<>();
            List<String> schemas = new ArrayList<>();
            for (int number = 0; number < encoding.size(); number++) {
                names.add(encoding.nameOf(number));
                schemas.add(encoding.schemaOf(number));
            }
            reload(chunks, ObjectEncoding.reading(classes, names, schemas));
            partitions.forEach(Partition::close);
            LeakCheck.assertNothingHeld(ledger);
        }

        private void reload(List<byte[]> chunks, ValueCodec codec) {
            ObjectEncoding other = new ObjectEncoding(classes);
            List<KeyedStore> stores = new ArrayList<>();
            int count = 1 + random.nextInt(4);
            for (int i = 0; i < count; i++) {
                stores.add(open(other));
            }
            EntryReader reader = new EntryReader(codec);
            for (byte[] chunk : chunks) {
                stores.forEach(store -> store.begin(now + 1000));
                reader.wrap(new UnsafeBuffer(chunk), 0, chunk.length);
                loadChunk(reader, stores);
                stores.forEach(KeyedStore::commit);
                stores.forEach(store -> store.maintain(random.nextInt(50)));
            }
            Map<Object, Held> expected = new HashMap<>();
            partitions.forEach(partition -> expected.putAll(partition.state));
            assertEquals(
                    expected.size(), stores.stream().mapToLong(KeyedStore::size).sum());
            expected.forEach((key, held) -> {
                Optional<StoredValue> found =
                        stores.get(partitionOf(key, count)).read(key);
                assertTrue(found.isPresent(), () -> key + " is not there");
                assertEquals(held.value(), found.get().value());
                if (tracksTimes) {
                    assertEquals(held.time(), found.get().updatedMs());
                }
            });
            if (tracksTimes) {
                requireOverdue(stores, expected);
            }
            stores.forEach(KeyedStore::close);
        }

        /** Entry by entry, or block by block. */
        private void loadChunk(EntryReader reader, List<KeyedStore> stores) {
            if (random.nextBoolean()) {
                while (reader.next()) {
                    stores.get(partitionOf(reader.key(), stores.size())).load(reader);
                }
                return;
            }
            int[] rows = new int[Chunk.MAX_ROWS];
            while (reader.nextBlock()) {
                Column keys = reader.keys();
                for (int store = 0; store < stores.size(); store++) {
                    int count = 0;
                    for (int row = 0; row < reader.rows(); row++) {
                        rows[count] = row;
                        count += partitionOf(keys.get(row), stores.size()) == store ? 1 : 0;
                    }
                    stores.get(store).load(reader, rows, count);
                }
            }
        }

        private void requireOverdue(List<KeyedStore> stores, Map<Object, Held> expected) {
            long before = now - random.nextInt(60);
            Map<Object, Object> left = new HashMap<>();
            expected.forEach((key, held) -> {
                if (held.time() < before) {
                    left.put(key, key);
                }
            });
            int overdue = left.size();
            int found = 0;
            int[] handles = new int[7];
            for (KeyedStore store : stores) {
                store.begin(now + 2000);
                for (int count = store.overdue(before, handles, 7);
                        count > 0;
                        count = store.overdue(before, handles, 7)) {
                    for (int i = 0; i < count; i++) {
                        left.remove(store.keyOf(handles[i]));
                    }
                    found += count;
                }
                store.commit();
            }
            assertEquals(Map.of(), left);
            assertEquals(overdue, found);
        }

        private static int partitionOf(Object key, int count) {
            return Math.floorMod(Objects.hashCode(key), count);
        }

        private final class Partition {
            private final KeyedStore store = open(encoding);
            private final EntryLog log = new EntryLog(ledger);
            private final List<byte[]> saved = new ArrayList<>();
            private final List<byte[]> changes = new ArrayList<>();
            private Map<Object, Held> state = new HashMap<>();
            private StoreSave save;
            private Map<Object, Held> atBegin;
            private List<byte[]> saving;
            private List<byte[]> sinceSave;

            void batch() {
                Map<Object, Held> before = new HashMap<>(state);
                store.begin(now);
                int acts = random.nextInt(random.nextInt(10) == 0 ? mostActs : mostActs / 10);
                for (int i = 0; i < acts; i++) {
                    act(key());
                }
                if (tracksTimes && random.nextInt(4) == 0) {
                    removeOverdue();
                }
                if (random.nextInt(4) == 0) {
                    store.rollback();
                    state = before;
                    return;
                }
                store.commit(log);
                requireLogged(before);
                if (sinceSave != null) {
                    List<byte[]> more = new ArrayList<>();
                    drain(more);
                    sinceSave.addAll(more);
                    changes.addAll(more);
                } else {
                    drain(changes);
                }
            }

            private void act(Object key) {
                int handle = store.handleOf(key);
                switch (random.nextInt(8)) {
                    case 0, 1, 2, 3 -> {
                        Object value = value();
                        store.put(handle, value);
                        state.put(key, new Held(value, now));
                    }
                    case 4, 5 -> {
                        store.remove(handle);
                        state.remove(key);
                    }
                    case 6 -> {
                        if (state.containsKey(key)) {
                            store.touch(handle);
                            state.compute(key, (same, held) -> new Held(held.value(), now));
                        }
                    }
                    default -> {
                        // Asked for, no more.
                    }
                }
            }

            private void removeOverdue() {
                int[] handles = new int[5];
                int count = store.overdue(now - 20, handles, 5);
                for (int i = 0; i < count; i++) {
                    state.remove(store.keyOf(handles[i]));
                    store.remove(handles[i]);
                }
            }

            /** No more than what changed. */
            private void requireLogged(Map<Object, Held> before) {
                Map<Object, Held> other = new HashMap<>(state);
                other.entrySet().removeAll(before.entrySet());
                before.keySet().stream().filter(key -> !state.containsKey(key)).forEach(key -> other.put(key, null));
                if (tracksTimes) {
                    assertEquals(other.size(), log.entries());
                } else {
                    assertTrue(log.entries() <= other.size());
                }
            }

            private void drain(List<byte[]> into) {
                try {
                    log.forEachChunk((buffer, offset, length) -> {
                        byte[] chunk = new byte[length];
                        buffer.getBytes(offset, chunk);
                        into.add(chunk);
                    });
                } catch (IOException impossible) {
                    throw new AssertionError(impossible);
                }
                log.clear();
            }

            void betweenBatches() {
                if (save == null && random.nextInt(10) == 0) {
                    save = store.save();
                    atBegin = new HashMap<>(state);
                    saving = new ArrayList<>();
                    sinceSave = new ArrayList<>();
                }
                if (save != null && random.nextBoolean()) {
                    goOn(1 + random.nextInt(mostActs / 5));
                } else if (save != null && random.nextInt(20) == 0) {
                    save.close();
                    save = null;
                    sinceSave = null;
                }
                int upkeep = random.nextInt(3);
                for (int i = 0; i < mostActs / 5 * upkeep && store.maintain(1 + random.nextInt(20)) > 0; i++) {
                    assertEquals(state.size(), store.size());
                }
            }

            /** A finished save and the changes since it began take the place of all that was before. */
            private void goOn(int atMost) {
                boolean more = save.next(atMost, log);
                drain(saving);
                if (!more) {
                    save.close();
                    save = null;
                    requireSaved();
                    saved.clear();
                    saved.addAll(saving);
                    changes.clear();
                    changes.addAll(sinceSave);
                    sinceSave = null;
                }
            }

            /** What there was, each key once. */
            private void requireSaved() {
                EntryReader reader = new EntryReader(encoding.newCodec());
                for (byte[] chunk : saving) {
                    reader.wrap(new UnsafeBuffer(chunk), 0, chunk.length);
                    while (reader.next()) {
                        Held held = atBegin.remove(reader.key());
                        assertNotNull(held, () -> reader.key() + " was not there, or was written before");
                        assertEquals(held.value(), reader.value());
                        if (tracksTimes) {
                            assertEquals(held.time(), reader.updatedMs());
                        }
                    }
                }
                assertEquals(
                        List.of(), atBegin.keySet().stream().limit(5).toList(), "keys that were there and not written");
            }

            void finish() {
                while (save != null) {
                    goOn(1000);
                }
            }

            void close() {
                store.close();
                log.close();
            }

            /** Each partition has keys of its own. */
            private Object key() {
                int number = random.nextInt(keys) * partitions.size() + partitions.indexOf(this);
                return switch (random.nextInt(9)) {
                    case 0, 1 -> (long) number;
                    case 2 -> -number;
                    case 3, 4 -> "key" + number;
                    case 5 -> (double) number;
                    case 6 -> new Pair(number, "x".repeat(number % 50));
                    case 7 -> new Place(number, "there");
                    default -> List.of(number);
                };
            }

            private Object value() {
                int number = random.nextInt(5);
                return switch (random.nextInt(9)) {
                    case 0, 1 -> number;
                    case 2 -> (long) number << 40;
                    case 3 -> number / 2.0;
                    case 4 -> "x".repeat(random.nextInt(200));
                    case 5 -> random.nextInt(10) == 0 ? "y".repeat(random.nextInt(70_000)) : "y";
                    case 6 -> new Pair(number, new Place(number, "value"));
                    case 7 -> number % 2 == 0;
                    default -> random.nextBoolean() ? null : new Place(number, "z");
                };
            }
        }
    }
}
