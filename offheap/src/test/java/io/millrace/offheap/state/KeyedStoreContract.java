package io.millrace.offheap.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.codec.RecordClasses;
import io.millrace.offheap.codec.TestPairs;
import io.millrace.offheap.codec.TestPairs.Pair;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.BytesColumn;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.memory.MemoryRegion;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.IntFunction;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a keyed store does, wherever its keys are. Inherited by a test for each place. */
public abstract class KeyedStoreContract {
    /** Pays for the store. */
    @RegisterExtension
    protected final LeakCheck leaks = new LeakCheck();

    private KeyedStore store;
    private long now;

    /** How much may be resident. */
    protected abstract long residentBytes();

    /** Opens cold stores; null for none. */
    protected abstract IntFunction<ColdStore> cold();

    /** A codec of values that knows the classes of this test, but for those that nobody registered. */
    protected static ValueCodec codec() {
        List<Class<?>> registered = List.of(Place.class, Colour.class, Crowded.class, Labelled.class, Single.class);
        return new ValueCodec(new RecordClasses(registered, TestPairs.PAIRS));
    }

    /** A key of a program. */
    protected record Place(int x, String name) {}

    /** Constants, whose hash codes are another JVM's for none. */
    protected enum Colour {
        /** Plain. */
        RED,
        /** With a class of its own. */
        GREEN {
            @Override
            public String toString() {
                return "green";
            }
        }
    }

    /** All of one hash code. */
    protected record Crowded(int number) {
        @Override
        public int hashCode() {
            return 7;
        }
    }

    /** Equal, and not of equal bytes. */
    protected record Labelled(int number, String label) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Labelled labelled && labelled.number == number;
        }

        @Override
        public int hashCode() {
            return number;
        }
    }

    /** Registered, and equal to itself alone. */
    protected static final class Single {}

    /** Not registered. */
    protected record Unknown(int number) {}

    @BeforeEach
    void open() {
        store = new KeyedStore(new KeyedStoreConfig("counts", residentBytes(), true), leaks.ledger(), codec(), cold());
    }

    @AfterEach
    void close() {
        store.close();
        store.close();
    }

    private void begin() {
        store.begin(++now);
    }

    private void commit() {
        store.commit();
        maintain();
    }

    private void rollback() {
        store.rollback();
        maintain();
    }

    private void maintain() {
        while (store.maintain(10) > 0) {
            // Until there is nothing to do.
        }
    }

    private void put(Object key, Object value) {
        store.put(store.handleOf(key), value);
    }

    private Object get(Object key) {
        return store.valueOf(store.handleOf(key));
    }

    private void batchOf(Map<?, ?> entries) {
        begin();
        entries.forEach(this::put);
        commit();
    }

    private Map<Object, Object> all() {
        Map<Object, Object> found = new HashMap<>();
        StoreReader reader = store.reader();
        StoreColumns columns = new StoreColumns();
        while (reader.next(columns)) {
            for (int row = 0; row < columns.rows(); row++) {
                Object key = columns.keys().get(row);
                assertFalse(found.containsKey(key), () -> key + " was read twice");
                found.put(key, columns.values().get(row));
            }
        }
        assertEquals(store.size(), found.size());
        return found;
    }

    @Test
    void aValueThatWasPutIsThereInTheNextBatch() {
        batchOf(Map.of("a", 1, "b", 2L));
        begin();
        assertEquals(1, get("a"));
        assertEquals(2L, get("b"));
        assertFalse(store.exists(store.handleOf("c")));
        commit();
        assertEquals(2, store.size());
        assertEquals(Map.of("a", 1, "b", 2L), all());
    }

    @Test
    void valuesLeaveAsTheClassTheyEntered() {
        Map<Object, Object> entries = new HashMap<>();
        Object[] values = {
            1,
            -1,
            Long.MIN_VALUE,
            true,
            false,
            1.5,
            -0.0,
            Double.NaN,
            2.5f,
            "text",
            "",
            "\u20AC\uD83D\uDE00",
            "\uD800",
            null,
            new BigDecimal("1.50"),
            new Pair("a", 1),
            new ArrayList<>(List.of(1, 2)),
            (short) 3,
            (byte) 4,
            'c',
            "long".repeat(20_000)
        };
        for (int i = 0; i < values.length; i++) {
            entries.put(i, values[i]);
        }
        batchOf(entries);
        begin();
        for (int i = 0; i < values.length; i++) {
            int handle = store.handleOf(i);
            assertTrue(store.exists(handle));
            assertEquals(values[i], store.valueOf(handle));
        }
        commit();
        assertEquals(entries, all());
    }

    @Test
    void howAValueIsHeldCanBeAsked() {
        begin();
        int handle = store.handleOf("k");
        assertNull(store.typeOf(handle));
        store.putLong(handle, 7, ElementType.INT);
        assertEquals(ElementType.INT, store.typeOf(handle));
        assertEquals(7, store.longAt(handle));
        assertEquals(7, store.valueOf(handle));
        store.putDouble(handle, 1.5, ElementType.FLOAT);
        assertEquals(1.5, store.doubleAt(handle));
        assertEquals(1.5f, store.valueOf(handle));
        store.put(handle, "text");
        assertEquals(ElementType.UTF8, store.typeOf(handle));
        store.put(handle, null);
        assertEquals(ElementType.REF, store.typeOf(handle));
        assertTrue(store.exists(handle));
        commit();
    }

    @Test
    void keysOfDifferentClassesAreDifferentKeys() {
        Object[] keys = {
            1,
            1L,
            (short) 1,
            (byte) 1,
            1.0,
            1.0f,
            '1',
            "1",
            true,
            null,
            "",
            "\uD800",
            0.0,
            -0.0,
            Double.NaN,
            new Pair(1, 1),
            new Pair(1L, 1),
            new Pair("1", new Pair(null, 2.0)),
            BigDecimal.ONE,
            new BigDecimal("1.0"),
            List.of(1)
        };
        begin();
        Set<Integer> handles = new HashSet<>();
        for (int i = 0; i < keys.length; i++) {
            int handle = store.handleOf(keys[i]);
            assertTrue(handles.add(handle), "key " + i + " is another key's");
            assertEquals(keys[i], store.keyOf(handle));
            store.put(handle, i);
        }
        commit();
        begin();
        for (int i = 0; i < keys.length; i++) {
            assertEquals(i, get(keys[i]));
        }
        commit();
        assertEquals(keys.length, all().size());
    }

    @Test
    void equalKeysAreOneHoweverTheyAreWritten() {
        begin();
        assertEquals(store.handleOf(Double.NaN), store.handleOf(Double.longBitsToDouble(0x7FF8000000000001L)));
        assertEquals(
                store.handleOf(new Pair(1, Double.NaN)),
                store.handleOf(new Pair(1, Double.longBitsToDouble(0x7FF8000000000001L))));
        assertEquals(store.handleOf(new Pair("a", List.of(1))), store.handleOf(new Pair("a", List.of(1))));
        BytesColumn texts = new BytesColumn();
        byte[] bytes = "xtext that is longx".getBytes(StandardCharsets.UTF_8);
        texts.wrap(new UnsafeBuffer(Arrays.copyOf(bytes, bytes.length + MemoryRegion.PADDING)), ElementType.UTF8);
        texts.starts()[0] = 1;
        texts.ends()[0] = bytes.length - 1;
        assertEquals(store.handleOf("text that is long"), handlesOf(texts, 1)[0]);
        commit();
    }

    private int[] handlesOf(Column keys, int rows) {
        int[] handles = new int[rows];
        store.handlesOf(keys, rows, handles);
        return handles;
    }

    @Test
    void aColumnOfAnyLaneGivesTheHandlesOfItsKeys() {
        begin();
        LongColumn longs = new LongColumn();
        DoubleColumn doubles = new DoubleColumn();
        RefColumn objects = new RefColumn();
        for (ElementType type : List.of(ElementType.INT, ElementType.LONG, ElementType.BOOLEAN)) {
            longs.setType(type);
            longs.values()[0] = 1;
            assertEquals(store.handleOf(longs.get(0)), handlesOf(longs, 1)[0]);
        }
        for (ElementType type : List.of(ElementType.DOUBLE, ElementType.FLOAT)) {
            doubles.setType(type);
            doubles.values()[0] = 1.5;
            assertEquals(store.handleOf(doubles.get(0)), handlesOf(doubles, 1)[0]);
        }
        objects.values()[0] = "x";
        objects.values()[1] = 5;
        objects.values()[2] = "x";
        int[] handles = handlesOf(objects, 4);
        assertEquals(handles[0], handles[2]);
        assertEquals(store.handleOf(5), handles[1]);
        assertEquals(store.handleOf(null), handles[3]);
        commit();
    }

    @Test
    void anArrayIsNoKey() {
        begin();
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> store.handleOf(new int[] {1}));
        assertTrue(refused.getMessage().contains("counts"), refused.getMessage());
        assertThrows(IllegalArgumentException.class, () -> store.handleOf(new byte[] {1}));
        commit();
    }

    @Test
    void aFailedBatchLeavesEveryKeyAsItWas() {
        batchOf(Map.of("a", 1, "b", "two", "c", 3L, 4, "vier", "p", "q"));
        begin();
        store.pinAll(new int[] {store.handleOf("p")}, 1);
        commit();
        long timeOfA = 1;
        Map<Object, Object> before = all();
        long bytes = store.residentBytes();
        begin();
        put("a", 2);
        put("a", "another");
        put("a", "and another");
        store.remove(store.handleOf("b"));
        put("c", 3L);
        put(4, 5);
        store.remove(store.handleOf(4));
        put(4, "fünf");
        put("new", "key");
        store.handleOf("looked at");
        store.unpinAll(new int[] {store.handleOf("p")}, 1);
        store.pinAll(new int[] {store.handleOf("a")}, 1);
        rollback();
        assertEquals(before, all());
        begin();
        assertEquals(timeOfA, store.updatedMs(store.handleOf("a")));
        assertEquals(1, get("a"));
        assertFalse(store.exists(store.handleOf("new")));
        store.unpinAll(new int[] {store.handleOf("p")}, 1);
        assertThrows(IllegalStateException.class, () -> store.unpinAll(new int[] {store.handleOf("a")}, 1));
        rollback();
        assertTrue(store.residentBytes() <= bytes + 1000);
    }

    @Test
    void aKeyThatIsOnlyLookedAtIsGoneAfterTheBatch() {
        begin();
        store.handleOf("a");
        store.handleOf(1L);
        commit();
        assertEquals(0, store.size());
        assertEquals(0, store.residentBytes());
        assertEquals(Map.of(), all());
    }

    @Test
    void aRemovedKeyIsGoneAndMayComeBack() {
        batchOf(Map.of("a", 1, "b", 2));
        begin();
        store.remove(store.handleOf("a"));
        assertFalse(store.exists(store.handleOf("a")));
        assertNull(get("a"));
        commit();
        assertEquals(Map.of("b", 2), all());
        assertEquals(Optional.empty(), store.read("a"));
        batchOf(Map.of("a", 3));
        assertEquals(Map.of("a", 3, "b", 2), all());
    }

    @Test
    void aPinnedKeyKeepsItsHandleEvenWithoutAValue() {
        begin();
        int valueless = store.handleOf("a");
        int valued = store.handleOf("b");
        store.put(valued, 1);
        store.pinAll(new int[] {valueless}, 1);
        store.pinAll(new int[] {valued}, 1);
        commit();
        for (int i = 0; i < 50; i++) {
            batchOf(Map.of("x" + i, i));
        }
        assertEquals("a", store.keyOf(valueless));
        assertEquals("b", store.keyOf(valued));
        begin();
        assertEquals(valueless, store.handleOf("a"));
        assertEquals(valued, store.handleOf("b"));
        store.remove(valued);
        store.unpinAll(new int[] {valueless}, 1);
        commit();
        assertEquals("b", store.keyOf(valued));
        assertEquals(50, store.size());
        begin();
        store.unpinAll(new int[] {valued}, 1);
        commit();
        assertEquals(50, store.size());
    }

    @Test
    void theTimeOfAKeyIsThatOfItsLastPutOrTouch() {
        batchOf(Map.of("a", 1, "b", 2, "c", 3));
        begin();
        put("a", 1);
        store.touch(store.handleOf("b"));
        commit();
        begin();
        assertEquals(2, store.updatedMs(store.handleOf("a")));
        assertEquals(2, store.updatedMs(store.handleOf("b")));
        assertEquals(1, store.updatedMs(store.handleOf("c")));
        commit();
        assertEquals(Optional.of(new StoredValue(2, 2)), store.read("b"));
    }

    @Test
    void overdueKeysAreGivenOnceABatchUntilTheyAreUpdatedOrRemoved() {
        batchOf(Map.of("a", 1, "b", 2, 3, 3, 4L, 4, List.of(5), 5));
        batchOf(Map.of("b", 20, "z", 26));
        begin();
        assertEquals(Set.of("a", 3, 4L, List.of(5)), overdue(2));
        assertEquals(Set.of(), overdue(2));
        store.remove(store.handleOf("a"));
        store.touch(store.handleOf(3));
        rollback();
        begin();
        assertEquals(Set.of("a", 3, 4L, List.of(5)), overdue(2));
        store.remove(store.handleOf("a"));
        store.touch(store.handleOf(3));
        commit();
        begin();
        assertEquals(Set.of(4L, List.of(5)), overdue(2));
        assertEquals(Set.of("b", "z"), overdue(3));
        commit();
        begin();
        assertEquals(Set.of(4L, List.of(5), "b", "z", 3), overdue(Long.MAX_VALUE));
        commit();
    }

    private Set<Object> overdue(long beforeMs) {
        Set<Object> keys = new HashSet<>();
        int[] handles = new int[2];
        for (int count = store.overdue(beforeMs, handles, 2); count > 0; count = store.overdue(beforeMs, handles, 2)) {
            for (int i = 0; i < count; i++) {
                assertTrue(keys.add(store.keyOf(handles[i])), "a key was given twice");
                assertTrue(store.exists(handles[i]));
            }
        }
        return keys;
    }

    @Test
    void valuesOfAChunkAreNumbersIfAllAreOfOneTypeElseObjects() {
        batchOf(Map.of("a", 1, "b", 2, "c", 3.0, "d", "text"));
        begin();
        StoreColumns columns = new StoreColumns();
        boolean[] present = new boolean[3];
        Column ints = store.valuesOf(handlesOf("a", "none", "b"), 3, present, columns);
        assertEquals(ElementType.INT, ints.type());
        assertEquals(List.of(1, 2), List.of(ints.get(0), ints.get(2)));
        assertEquals("[true, false, true]", Arrays.toString(present));
        assertSame(ints, columns.values());
        Column doubles = store.valuesOf(handlesOf("c", "none", "none"), 3, present, columns);
        assertEquals(ElementType.DOUBLE, doubles.type());
        assertEquals(3.0, doubles.get(0));
        Column mixed = store.valuesOf(handlesOf("a", "none", "d"), 3, present, columns);
        assertEquals(ElementType.REF, mixed.type());
        assertEquals(Arrays.asList(1, null, "text"), Arrays.asList(mixed.get(0), mixed.get(1), mixed.get(2)));
        assertEquals("[true, false, true]", Arrays.toString(present));
        commit();
    }

    private int[] handlesOf(Object... keys) {
        return Arrays.stream(keys).mapToInt(store::handleOf).toArray();
    }

    @Test
    void aColumnOfValuesIsPutAtOnce() {
        begin();
        LongColumn longs = new LongColumn();
        longs.values()[0] = 5;
        longs.values()[1] = 6;
        store.putAll(handlesOf("a", "b"), longs, 2);
        DoubleColumn doubles = new DoubleColumn();
        doubles.setType(ElementType.FLOAT);
        doubles.values()[0] = 1.5;
        store.putAll(handlesOf("c"), doubles, 1);
        RefColumn objects = new RefColumn();
        objects.values()[0] = 1L;
        objects.values()[1] = "text";
        store.putAll(handlesOf("d", "e", "f"), objects, 3);
        commit();
        Map<Object, Object> expected = new HashMap<>(Map.of("a", 5L, "b", 6L, "c", 1.5f, "d", 1L, "e", "text"));
        expected.put("f", null);
        assertEquals(expected, all());
    }

    @Test
    void aScanGivesTheStateOfItsBeginningWhateverBatchesDo() {
        Map<Object, Object> entries = new HashMap<>();
        for (int i = 0; i < 100; i++) {
            entries.put(i % 2 == 0 ? "k" + i : (Object) i, i);
        }
        batchOf(entries);
        Map<Object, Object> given = new HashMap<>();
        try (StoreScan scan = store.scan()) {
            int batch = 0;
            while (scan.next(7, (key, value) -> assertNull(given.put(key, value), () -> key + " was given twice"))) {
                begin();
                for (int i = 0; i < 100; i += 3) {
                    put(i % 2 == 0 ? "k" + i : (Object) i, batch);
                }
                store.remove(store.handleOf(batch * 2 + 1));
                put("new" + batch++, 1);
                commit();
            }
        }
        assertEquals(entries, given);
    }

    @Test
    void aScanIsMadeBetweenBatches() {
        begin();
        assertThrows(IllegalStateException.class, store::scan);
        commit();
    }

    private static List<Object> objects() {
        List<Object> keys = new ArrayList<>(List.of(
                new Place(1, "x"),
                new Place(1, "y"),
                Colour.RED,
                Colour.GREEN,
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                List.of(1, "a"),
                Set.of("b"),
                Map.of("c", 1),
                new Pair(new Place(2, "z"), 1),
                new Labelled(1, "one"),
                new Single(),
                new Single(),
                new Unknown(1),
                new Unknown(2)));
        for (int number = 0; number < 100; number++) {
            keys.add(new Crowded(number));
        }
        return keys;
    }

    @Test
    void keysThatAreObjectsAreFoundWhereverTheyAre() {
        List<Object> keys = objects();
        Map<Object, Object> expected = new HashMap<>();
        keys.forEach(key -> expected.put(key, key.toString()));
        batchOf(expected);
        assertEquals(expected, all());
        for (Object key : keys) {
            assertEquals(key.toString(), store.read(key).orElseThrow().value());
        }
        begin();
        for (Object key : keys) {
            assertEquals(key.toString(), get(key), () -> "of " + key);
            assertEquals(key, store.keyOf(store.handleOf(key)));
        }
        assertFalse(store.exists(store.handleOf(new Place(1, "z"))));
        assertFalse(store.exists(store.handleOf(new Crowded(100))));
        rollback();
        assertEquals(Optional.empty(), store.read(new Crowded(101)));
        begin();
        for (int i = 0; i < keys.size(); i += 2) {
            store.remove(store.handleOf(keys.get(i)));
            expected.remove(keys.get(i));
        }
        commit();
        assertEquals(expected, all());
        begin();
        keys.forEach(key -> put(key, 1));
        rollback();
        assertEquals(expected, all());
        begin();
        keys.forEach(key -> store.remove(store.handleOf(key)));
        commit();
        assertEquals(0, store.size());
    }

    @Test
    void equalObjectsAreOneKeyThoughTheirBytesDiffer() {
        batchOf(Map.of(new Labelled(1, "one"), "a", List.of(1, 2), "b"));
        begin();
        assertEquals("a", get(new Labelled(1, "eins")));
        assertEquals("b", get(new LinkedList<>(List.of(1, 2))));
        put(new Labelled(1, "uno"), "c");
        commit();
        assertEquals(2, store.size());
        begin();
        assertEquals("c", get(new Labelled(1, "one")));
        store.remove(store.handleOf(new Labelled(1, "")));
        commit();
        assertEquals(Map.of(List.of(1, 2), "b"), all());
    }

    @Test
    void keysThatAreObjectsAreOverdueInTheirTurn() {
        List<Object> keys = objects();
        for (Object key : keys) {
            batchOf(Map.of(key, 1));
        }
        batchOf(Map.of(keys.get(0), 1));
        begin();
        Set<Object> expected = new HashSet<>(keys.subList(1, 20));
        int[] handles = new int[7];
        for (int count = store.overdue(21, handles, 7); count > 0; count = store.overdue(21, handles, 7)) {
            for (int i = 0; i < count; i++) {
                assertTrue(expected.remove(store.keyOf(handles[i])));
                store.remove(handles[i]);
            }
        }
        assertEquals(Set.of(), expected);
        commit();
        assertEquals(keys.size() - 19, all().size());
    }

    @Test
    void anObjectOfAnUnknownClassIsKeptAsItself() {
        Object odd = new Object() {};
        begin();
        put("a", odd);
        put("b", odd);
        commit();
        begin();
        assertSame(odd, get("a"));
        put("a", "text");
        rollback();
        begin();
        assertSame(odd, get("a"));
        store.remove(store.handleOf("b"));
        commit();
        assertEquals(Map.of("a", odd), all());
    }

    @Test
    void residentKeysAreGivenFromACursorOn() {
        batchOf(Map.of("a", 1, 2, 2, 3L, 3));
        begin();
        store.handleOf("b");
        HandleCursor cursor = new HandleCursor();
        int[] handles = new int[2];
        List<Object> keys = new ArrayList<>();
        for (int count = store.handles(cursor, handles, 2); count > 0; count = store.handles(cursor, handles, 2)) {
            for (int i = 0; i < count; i++) {
                keys.add(store.keyOf(handles[i]));
            }
        }
        assertEquals(store.residentKeys(), keys.size());
        List<ColdEntry> cold = new ArrayList<>();
        for (int section = 0; section < store.coldSections(); section++) {
            store.coldSection(section, cold);
        }
        cold.forEach(entry -> keys.add(entry.key()));
        assertEquals(Set.of("a", 2, 3L), new HashSet<>(keys));
        assertEquals(3, keys.size());
        assertEquals(store.coldKeys(), cold.size());
        commit();
    }

    @Test
    void whatIsAskedOutsideOfABatchIsRefused() {
        assertThrows(IllegalStateException.class, store::commit);
        assertThrows(IllegalStateException.class, store::rollback);
        assertThrows(IllegalStateException.class, () -> store.handleOf("a"));
        begin();
        assertThrows(IllegalStateException.class, this::begin);
        assertThrows(IllegalStateException.class, () -> store.maintain(1));
        commit();
    }

    @Test
    void slotsAreDenseForEachKindAndUsedAgain() {
        begin();
        int first = store.handleOf(1L);
        int second = store.handleOf(2L);
        int text = store.handleOf("a");
        assertEquals(0, KeyedStore.slotOf(first));
        assertEquals(1, KeyedStore.slotOf(second));
        assertEquals(0, KeyedStore.slotOf(text));
        assertNotEquals(KeyedStore.kindOf(first), KeyedStore.kindOf(text));
        rollback();
        begin();
        assertTrue(KeyedStore.slotOf(store.handleOf(3L)) < 2);
        commit();
    }

    @Test
    void manyKeysOfEachKindAreFound() {
        Map<Object, Object> entries = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            entries.put((long) i << 32, i);
            entries.put("key number " + i, (long) i);
        }
        batchOf(entries);
        assertEquals(entries, all());
        begin();
        for (int i = 0; i < 20_000; i++) {
            assertEquals(i, get((long) i << 32));
            store.remove(store.handleOf((long) i << 32));
        }
        commit();
        assertEquals(20_000, store.size());
    }
}
