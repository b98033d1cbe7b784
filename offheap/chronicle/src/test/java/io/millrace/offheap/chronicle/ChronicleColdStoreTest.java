package io.millrace.offheap.chronicle;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.memory.Seeds;
import io.millrace.offheap.state.ColdStoreSpec;
import io.millrace.offheap.state.StoreFullException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChronicleColdStoreTest {
    private static final long NO_CAP = Long.MAX_VALUE;
    private static final int TINY = 16;

    @TempDir
    Path folder;

    @Test
    void whatWasPutIsGot() {
        try (ChronicleColdStore store = open(NO_CAP)) {
            assertNull(store.get(key(1)));
            store.put(key(1), value(1, 16));
            store.put(key(2), value(2, 0));
            assertArrayEquals(value(1, 16), store.get(key(1)));
            assertArrayEquals(value(2, 0), store.get(key(2)));
            assertEquals(2, store.size());
        }
    }

    @Test
    void thePutThatCameLastCounts() {
        try (ChronicleColdStore store = open(NO_CAP)) {
            for (int length : new int[] {10, 10, 3, 2_000, 100_000, 5_000, 0, 90_000}) {
                store.put(key(1), value(length, length));
                assertArrayEquals(value(length, length), store.get(key(1)));
            }
            assertEquals(1, store.size());
        }
    }

    @Test
    void aRemovedKeyIsGoneAndRemovingTellsWhetherItWasThere() {
        try (ChronicleColdStore store = open(NO_CAP)) {
            store.put(key(1), value(1, 16));
            assertTrue(store.remove(key(1)));
            assertFalse(store.remove(key(1)));
            assertNull(store.get(key(1)));
            assertEquals(0, store.size());
        }
    }

    @Test
    void arraysThatAreGivenAreNotKept() {
        try (ChronicleColdStore store = open(NO_CAP)) {
            byte[] key = key(1);
            byte[] value = value(1, 16);
            store.put(key, value);
            Arrays.fill(key, (byte) 9);
            Arrays.fill(value, (byte) 9);
            assertArrayEquals(value(1, 16), store.get(key(1)));
            assertNotSame(store.get(key(1)), store.get(key(1)));
        }
    }

    @Test
    void aMillionKeysAreFoundAtEveryStageOfGrowth() {
        try (ChronicleColdStore store = open(NO_CAP)) {
            int stages = 0;
            for (int i = 0; i < 1_000_000; i++) {
                long bytes = store.bytes();
                store.put(key(i), value(i, 16));
                if (i % 1_000 == 0) {
                    store.migrate(2_000);
                }
                if (store.bytes() != bytes) {
                    assertAllFound(store, i + 1);
                    stages++;
                }
            }
            assertTrue(stages >= 6, stages + " maps opened or deleted for a million keys, expected growth");
            assertAllFound(store, 1_000_000);
            finishGrowth(store);
            assertAllFound(store, 1_000_000);
            assertEquals(1_000_000, store.size());
        }
    }

    @Test
    void migrateMovesNoMoreThanItIsTold() {
        try (ChronicleColdStore store = openTiny(NO_CAP)) {
            fillUntilItGrows(store);
            long size = store.size();
            long moved = 0;
            for (int step = store.migrate(3); step > 0; step = store.migrate(3)) {
                assertTrue(step <= 3, step + " moved");
                moved += step;
            }
            assertEquals(size - 1, moved, "all but the one that made it grow");
            assertEquals(1, store.maps());
            assertEquals(size, store.size());
        }
    }

    @Test
    void migrateOpensTheNextMapBeforeAPutMust() {
        try (ChronicleColdStore store = openTiny(NO_CAP)) {
            for (int i = 0; i < 2_000; i++) {
                int maps = store.maps();
                store.put(key(i), value(i, 16));
                assertEquals(maps, store.maps());
                store.migrate(100);
            }
        }
    }

    @Test
    void aStoreThatIsNeverMigratedLosesNothing() {
        try (ChronicleColdStore store = openTiny(NO_CAP)) {
            for (int i = 0; i < 5_000; i++) {
                store.put(key(i), value(i, 16));
            }
            assertTrue(store.maps() > 2);
            assertAllFound(store, 5_000);
        }
    }

    @Test
    void aKeyRemovedDuringGrowthStaysAway() {
        try (ChronicleColdStore store = openTiny(NO_CAP)) {
            int count = fillUntilItGrows(store);
            assertTrue(store.remove(key(0)));
            assertTrue(store.remove(key(count - 1)));
            finishGrowth(store);
            assertNull(store.get(key(0)));
            assertNull(store.get(key(count - 1)));
            assertEquals(count - 2, store.size());
        }
    }

    @Test
    void duringGrowthAScanGivesEachKeyOnceWithItsLastValue() {
        try (ChronicleColdStore store = openTiny(NO_CAP)) {
            int count = fillUntilItGrows(store);
            store.put(key(0), value(77, 20));
            store.migrate(3);
            assertEquals(2, store.maps());
            Map<Long, byte[]> seen = scan(store);
            assertEquals(count, seen.size());
            assertArrayEquals(value(77, 20), seen.get(0L));
            assertArrayEquals(value(1, 16), seen.get(1L));
        }
    }

    @Test
    void valuesOfAllSizesLieTogether() {
        try (ChronicleColdStore store = open(NO_CAP)) {
            int[] lengths = {1, 100, 64 << 10, 1 << 20, 8 << 20};
            for (int i = 0; i < 40; i++) {
                store.put(key(i), value(i, lengths[i % lengths.length]));
            }
            for (int i = 0; i < 40; i++) {
                assertArrayEquals(value(i, lengths[i % lengths.length]), store.get(key(i)));
            }
            assertEquals(40, scan(store).size());
        }
    }

    @Test
    void roomOfRemovedLargeValuesIsGivenAgain() {
        try (ChronicleColdStore store = open(NO_CAP)) {
            store.put(key(1), value(1, 1 << 20));
            long bytes = store.bytes();
            for (int i = 2; i < 20; i++) {
                store.remove(key(i - 1));
                store.put(key(i), value(i, (1 << 20) - i));
            }
            assertEquals(bytes, store.bytes());
        }
    }

    @Test
    void aKeyLargerThanTheWholeFirstMapIsTaken() {
        try (ChronicleColdStore store = new ChronicleColdStore(spec("text", 0, NO_CAP), TINY)) {
            byte[] large = value(1, 1 << 20);
            store.put(new byte[] {1}, value(2, 5));
            store.put(large, value(3, 5));
            assertArrayEquals(value(3, 5), store.get(large));
            finishGrowth(store);
            assertArrayEquals(value(3, 5), store.get(large));
            assertArrayEquals(value(2, 5), store.get(new byte[] {1}));
        }
    }

    @Test
    void closeDeletesAllFilesAndNoOther() throws IOException {
        Path other = Files.createFile(folder.resolve("other"));
        ChronicleColdStore store = openTiny(NO_CAP);
        fillUntilItGrows(store);
        store.put(key(1), value(1, 100_000));
        assertTrue(files().size() > 3);
        store.close();
        assertEquals(List.of(other), files());
        store.close();
        assertThrows(IllegalStateException.class, () -> store.get(key(1)));
    }

    @Test
    void filesOfAnEarlierRunAreDeletedAtOpen() throws IOException {
        Files.createFile(folder.resolve("longs_0.map"));
        Files.createFile(folder.resolve("longs_7.map"));
        try (ChronicleColdStore store = open(NO_CAP)) {
            assertEquals(0, store.size());
            assertEquals(1, files().size());
        }
    }

    @Test
    void storesOfOtherNamesInTheDirectoryAreOtherStores() {
        try (ChronicleColdStore store = openTiny(NO_CAP);
                ChronicleColdStore longer = new ChronicleColdStore(spec("longs.1", Long.BYTES, NO_CAP), TINY)) {
            int count = fillUntilItGrows(store);
            longer.put(key(1), value(99, 16));
            finishGrowth(store);
            assertAllFound(store, count);
            assertArrayEquals(value(99, 16), longer.get(key(1)));
            assertEquals(1, longer.size());
        }
    }

    @Test
    void aCapIsNeverPassedAndSaysWhichSettingToRaise() {
        try (ChronicleColdStore store = open(10_000_000)) {
            int count = 0;
            StoreFullException full = null;
            while (full == null) {
                try {
                    store.put(key(count), value(count, 16));
                    count++;
                } catch (StoreFullException e) {
                    full = e;
                }
                store.migrate(10);
                assertTrue(store.bytes() <= 10_000_000, store.bytes() + " bytes");
            }
            for (String part : List.of("longs", "10000000", Long.toString(store.bytes()), "millrace.state.maxBytes")) {
                assertTrue(full.getMessage().contains(part), full.getMessage());
            }
            assertTrue(count > 80_000, "only " + count + " entries of 24 bytes in 10 MB");
            assertEquals(count, store.size());
            assertAllFound(store, count);
        }
    }

    @Test
    void aFullStoreTakesPutsAgainWhenKeysAreRemoved() {
        try (ChronicleColdStore store = openTiny(100_000)) {
            int count = fillUntilFull(store, 16);
            for (int i = 0; i < count; i++) {
                assertTrue(store.remove(key(i)));
            }
            assertEquals(0, store.size());
            store.migrate(count);
            for (int i = 0; i < count / 2; i++) {
                store.put(key(i), value(i, 16));
            }
            assertAllFound(store, count / 2);
        }
    }

    @Test
    void aValueThatDoesNotFitAnyMoreLeavesTheOldOne() {
        try (ChronicleColdStore store = openTiny(100_000)) {
            int count = fillUntilFull(store, 16);
            for (int i = 0; i < count; i++) {
                int key = i;
                assertThrows(StoreFullException.class, () -> store.put(key(key), value(key, 3_000)));
                assertThrows(StoreFullException.class, () -> store.put(key(key), value(key, 300_000)));
            }
            assertAllFound(store, count);
            assertEquals(count, scan(store).size());
        }
    }

    @Test
    void aCapBelowAnEmptyStoreForbidsToOpenIt() throws IOException {
        assertThrows(StoreFullException.class, () -> openTiny(100));
        assertEquals(List.of(), files());
    }

    @Test
    void severalThreadsMayReadWhileNobodyWrites() throws Exception {
        try (ChronicleColdStore store = openTiny(NO_CAP)) {
            int count = fillUntilItGrows(store);
            store.put(key(count), value(count, 16));
            Callable<Integer> reader = () -> {
                for (int round = 0; round < 100; round++) {
                    assertAllFound(store, count + 1);
                }
                return scan(store).size();
            };
            List<FutureTask<Integer>> readers =
                    Stream.generate(() -> new FutureTask<>(reader)).limit(4).toList();
            readers.forEach(task -> new Thread(task).start());
            for (FutureTask<Integer> task : readers) {
                assertEquals(count + 1, task.get());
            }
        }
    }

    @Test
    void aThreadThatIsInterruptedPutsAndGetsAllTheSame() {
        try (ChronicleColdStore store = openTiny(NO_CAP)) {
            Thread.currentThread().interrupt();
            int count = fillUntilItGrows(store);
            store.put(key(count), value(count, 100_000));
            assertArrayEquals(value(count, 100_000), store.get(key(count)));
            finishGrowth(store);
            assertAllFound(store, count);
        } finally {
            assertTrue(Thread.interrupted(), "the interrupt is the caller's to take note of");
        }
    }

    @Test
    void itDoesWhatAHashMapDoes() {
        Seeds.play(40, random -> compareWithAHashMap(random, 8, NO_CAP));
    }

    @Test
    void withKeysOfAllLengthsItDoesWhatAHashMapDoes() {
        Seeds.play(40, random -> compareWithAHashMap(random, 0, NO_CAP));
    }

    @Test
    void underACapItDoesWhatAHashMapDoesWithThePutsThatItTakes() {
        Seeds.play(40, random -> compareWithAHashMap(random, 8, 30_000 + random.nextInt(300_000)));
    }

    private void compareWithAHashMap(Random random, int keyBytes, long maxBytes) {
        Map<ByteBuffer, byte[]> expected = new HashMap<>();
        int keys = 1 + random.nextInt(3_000);
        int usual = 1 + random.nextInt(200);
        try (ChronicleColdStore store = new ChronicleColdStore(spec("random", keyBytes, maxBytes), TINY)) {
            for (int i = 0; i < 5_000; i++) {
                byte[] key = randomKey(random, keys, keyBytes);
                switch (random.nextInt(8)) {
                    case 0 -> assertEquals(expected.remove(ByteBuffer.wrap(key)) != null, store.remove(key));
                    case 1 -> assertArrayEquals(expected.get(ByteBuffer.wrap(key)), store.get(key));
                    case 2 -> store.migrate(random.nextInt(20));
                    default -> put(store, expected, key, randomValue(random, usual));
                }
                assertTrue(store.bytes() <= maxBytes, store.bytes() + " bytes of " + maxBytes);
            }
            assertSame(expected, store);
            finishGrowth(store);
            assertSame(expected, store);
        }
    }

    private static void put(ChronicleColdStore store, Map<ByteBuffer, byte[]> expected, byte[] key, byte[] value) {
        try {
            store.put(key, value);
            expected.put(ByteBuffer.wrap(key), value);
        } catch (StoreFullException e) {
            assertArrayEquals(expected.get(ByteBuffer.wrap(key)), store.get(key));
        }
    }

    private static void assertSame(Map<ByteBuffer, byte[]> expected, ChronicleColdStore store) {
        assertEquals(expected.size(), store.size());
        Map<ByteBuffer, byte[]> seen = new HashMap<>();
        for (int section = 0; section < store.sections(); section++) {
            store.scan(section, (key, value) -> assertNull(seen.put(ByteBuffer.wrap(key), value)));
        }
        assertEquals(expected.keySet(), seen.keySet());
        expected.forEach((key, value) -> {
            assertArrayEquals(value, seen.get(key));
            assertArrayEquals(value, store.get(key.array()));
        });
    }

    private static byte[] randomKey(Random random, int keys, int keyBytes) {
        int number = random.nextInt(keys);
        return keyBytes > 0 ? key(number) : value(number, number % 37 == 0 ? 1_000 + number : 4 + number % 60);
    }

    private static byte[] randomValue(Random random, int usual) {
        int length = random.nextInt(50) == 0 ? random.nextInt(20_000) : random.nextInt(usual);
        return value(random.nextInt(), length);
    }

    private static Map<Long, byte[]> scan(ChronicleColdStore store) {
        Map<Long, byte[]> seen = new HashMap<>();
        for (int section = 0; section < store.sections(); section++) {
            store.scan(
                    section,
                    (key, value) -> assertNull(seen.put(ByteBuffer.wrap(key).getLong(), value)));
        }
        return seen;
    }

    private static int fillUntilItGrows(ChronicleColdStore store) {
        int count = 0;
        while (store.maps() == 1) {
            store.put(key(count), value(count, 16));
            count++;
        }
        return count;
    }

    private static int fillUntilFull(ChronicleColdStore store, int length) {
        for (int count = 0; ; count++) {
            try {
                store.put(key(count), value(count, length));
            } catch (StoreFullException e) {
                return count;
            }
        }
    }

    private static void finishGrowth(ChronicleColdStore store) {
        while (store.migrate(1_000) > 0) {
            // Until there is nothing left to move.
        }
    }

    private static void assertAllFound(ChronicleColdStore store, int count) {
        for (int i = 0; i < count; i++) {
            if (!Arrays.equals(value(i, 16), store.get(key(i)))) {
                throw new AssertionError("key " + i + " of " + count + ": " + Arrays.toString(store.get(key(i))));
            }
        }
    }

    private ChronicleColdStore open(long maxBytes) {
        return new ChronicleColdStore(spec("longs", Long.BYTES, maxBytes));
    }

    private ChronicleColdStore openTiny(long maxBytes) {
        return new ChronicleColdStore(spec("longs", Long.BYTES, maxBytes), TINY);
    }

    private ColdStoreSpec spec(String name, int keyBytes, long maxBytes) {
        return new ColdStoreSpec(folder, name, keyBytes, maxBytes);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.sorted().toList());
        }
    }

    private static byte[] key(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }

    /** Bytes that tell of which number they are. */
    private static byte[] value(int number, int length) {
        byte[] value = new byte[length];
        for (int i = 0; i < length; i++) {
            value[i] = (byte) (number >>> 8 * (i & 3));
        }
        return value;
    }
}
