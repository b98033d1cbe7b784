package io.millrace.offheap.state;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.codec.ObjectEncoding;
import io.millrace.offheap.codec.RecordClasses;
import io.millrace.offheap.codec.TestPairs;
import io.millrace.offheap.codec.TestPairs.Pair;
import io.millrace.offheap.codec.UnreadableRecordException;
import io.millrace.offheap.codec.UnregisteredClassException;
import io.millrace.offheap.codec.ValueCodec;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.DoubleColumn;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.LongColumn;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.LeakCheck;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.offheap.memory.MemoryLimitException;
import io.millrace.offheap.memory.MemoryUse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EntryLogTest {
    private static final HexFormat HEX = HexFormat.of();

    /** A class that the program registers. */
    record Place(int x, String name) {}

    /** One that it forgets. */
    record Forgotten(int x) {}

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private final ObjectEncoding encoding =
            new ObjectEncoding(new RecordClasses(List.of(Place.class), TestPairs.PAIRS));
    private final EntryLog log = new EntryLog(leaks.ledger());
    private final KeyedStore store = newStore(true);

    private KeyedStore newStore(boolean tracksTimes) {
        KeyedStoreConfig config = new KeyedStoreConfig("counts", 1L << 30, tracksTimes);
        return new KeyedStore(config, leaks.ledger(), encoding.newCodec(), null);
    }

    @AfterEach
    void close() {
        store.close();
        log.close();
        log.close();
    }

    private void put(Object key, Object value) {
        store.put(store.handleOf(key), value);
    }

    private byte[] bytes() throws IOException {
        List<byte[]> chunks = chunks();
        assertEquals(1, chunks.size());
        return chunks.get(0);
    }

    private List<byte[]> chunks() throws IOException {
        List<byte[]> chunks = new ArrayList<>();
        log.forEachChunk((buffer, offset, length) -> {
            byte[] copy = new byte[length];
            buffer.getBytes(offset, copy);
            chunks.add(copy);
        });
        assertEquals(
                log.bytes(), chunks.stream().mapToLong(chunk -> chunk.length).sum());
        return chunks;
    }

    private static EntryReader reader(ValueCodec codec, byte[] bytes) {
        EntryReader reader = new EntryReader(codec);
        reader.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
        return reader;
    }

    /** Key to value and time; "removed" for one that was. */
    private Map<Object, Object> logged() throws IOException {
        Map<Object, Object> found = new LinkedHashMap<>();
        for (byte[] chunk : chunks()) {
            EntryReader reader = reader(encoding.newCodec(), chunk);
            while (reader.next()) {
                found.put(
                        reader.key(),
                        reader.isRemoved() ? "removed" : new StoredValue(reader.value(), reader.updatedMs()));
            }
        }
        assertEquals(log.entries(), found.size());
        return found;
    }

    @Test
    void theExampleOfTheFormatIsWhatIsWritten() throws IOException {
        store.begin(990);
        put(7, "gone soon");
        store.commit();
        store.begin(1000);
        put("to", 3);
        put(-1L, 0.5);
        store.remove(store.handleOf(7));
        store.commit(log);
        assertEquals(
                "030003000000" + "0a746f" + "01000000000000000012410001" + "de030000000000000a0a00"
                        + "01ffffffffffffffff040008"
                        + "0800000000000000000300000000000000000000000000e03f0000000000000000",
                HEX.formatHex(bytes()));
        assertEquals(3, log.entries());
    }

    @Test
    void aLogHasWhatTheBatchHasChangedAndNothingElse() throws IOException {
        store.begin(1);
        put("same", 1);
        put("touched", "text");
        put("there and back", "text");
        put("gone", 2L);
        put("gone and back", 3);
        store.commit();
        store.begin(1);
        put("same", 1);
        store.touch(store.handleOf("touched"));
        put("there and back", "other");
        put("there and back", "text");
        store.remove(store.handleOf("gone"));
        store.remove(store.handleOf("gone and back"));
        put("gone and back", 3);
        put("never", 4);
        store.remove(store.handleOf("never"));
        store.handleOf("asked");
        store.pinAll(new int[] {store.handleOf("pinned")}, 1);
        put("new", null);
        store.commit(log);
        Map<Object, Object> expected = new LinkedHashMap<>();
        expected.put("gone", "removed");
        expected.put("new", new StoredValue(null, 1));
        assertEquals(expected, logged());
    }

    @Test
    void aTimeIsAChangeIfTimesAreTracked() throws IOException {
        for (boolean tracksTimes : new boolean[] {true, false}) {
            log.clear();
            try (KeyedStore other = newStore(tracksTimes)) {
                other.begin(1);
                other.put(other.handleOf("key"), 1);
                other.commit();
                other.begin(2);
                other.put(other.handleOf("key"), 1);
                other.commit(log);
            }
            assertEquals(tracksTimes ? Map.of("key", new StoredValue(1, 2)) : Map.of(), logged());
        }
    }

    @Test
    void whatIsRolledBackIsInNoLog() {
        store.begin(1);
        put("key", 1);
        store.rollback();
        store.begin(2);
        store.commit(log);
        assertEquals(0, log.entries());
        assertEquals(0, log.bytes());
    }

    @Test
    void everyTypeOfKeyAndValueComesBackAsItself() throws IOException {
        List<Object> things = Arrays.asList(
                Integer.MIN_VALUE,
                Integer.MAX_VALUE,
                0L,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                true,
                false,
                -0.0,
                Double.NaN,
                Float.MIN_VALUE,
                Float.NEGATIVE_INFINITY,
                "",
                "ö",
                "\uD800",
                null,
                (short) 3,
                (byte) 4,
                'x',
                new Pair("a", 1L),
                new Pair(new Place(1, "x"), null),
                new Place(2, "y"),
                List.of(1, "b"));
        store.begin(-5);
        Map<Object, Object> expected = new LinkedHashMap<>();
        for (int i = 0; i < things.size(); i++) {
            Object value = things.get((i + 1) % things.size());
            put(things.get(i), value);
            expected.put(things.get(i), new StoredValue(value, -5));
        }
        store.commit(log);
        assertEquals(expected, logged());
    }

    @Test
    void aTextOfNoBytesIsAValue() throws IOException {
        store.begin(1);
        put(1, "other");
        put(2, "");
        store.commit();
        store.begin(2);
        put(1, "");
        store.commit(log);
        assertEquals(Map.of(1, new StoredValue("", 2)), logged());
    }

    @Test
    void aValueWithoutBytesIsRefusedBeforeAnythingIsKept() {
        store.begin(1);
        put("key", "before");
        put("number", 1);
        store.commit();
        store.begin(2);
        put("number", 2);
        put("key", "after");
        put("other", new Forgotten(1));
        UnregisteredClassException refusal = assertThrows(UnregisteredClassException.class, () -> store.commit(log));
        assertTrue(refusal.getMessage().contains("EntryLogTest.Forgotten.class})"), refusal.getMessage());
        assertEquals(0, log.entries());
        assertEquals(0, log.bytes());
        store.rollback();
        store.begin(3);
        assertEquals("before", store.valueOf(store.handleOf("key")));
        assertEquals(1, store.valueOf(store.handleOf("number")));
        put("number", 3);
        put(new Forgotten(1), 1);
        assertThrows(UnregisteredClassException.class, () -> store.commit(log));
        store.rollback();
        store.begin(4);
        assertEquals(1, store.valueOf(store.handleOf("number")));
        put("other", 1);
        store.commit(log);
        assertEquals(1, log.entries());
    }

    @Test
    void aKeyIsAddedWithAValueOutOfAColumn() throws IOException {
        LongColumn longs = new LongColumn();
        longs.values()[1] = 9;
        DoubleColumn doubles = new DoubleColumn();
        doubles.values()[2] = 1.5;
        RefColumn objects = new RefColumn();
        objects.values()[0] = "text";
        objects.values()[1] = new Place(1, "x");
        objects.values()[2] = 2.5f;
        store.begin(3);
        for (Object key : List.of("a", 2, 3L, "d", 5.0)) {
            store.pinAll(new int[] {store.handleOf(key)}, 1);
        }
        log.add(store, store.handleOf("a"), longs, 1);
        log.add(store, store.handleOf(2), doubles, 2);
        log.add(store, store.handleOf(3L), objects, 0);
        log.add(store, store.handleOf("d"), objects, 1);
        log.add(store, store.handleOf(5.0), objects, 2);
        store.commit();
        Object element = longs.type() == ElementType.LONG ? (Object) 9L : (Object) 9;
        Map<Object, Object> expected = new LinkedHashMap<>();
        expected.put("a", new StoredValue(element, 3));
        expected.put(2, new StoredValue(1.5, 3));
        expected.put(3L, new StoredValue("text", 3));
        expected.put("d", new StoredValue(new Place(1, "x"), 3));
        expected.put(5.0, new StoredValue(2.5f, 3));
        assertEquals(expected, logged());
        Column unknown = objects;
        objects.values()[0] = new Forgotten(2);
        assertThrows(UnregisteredClassException.class, () -> log.add(store, store.handleOf("a"), unknown, 0));
        assertEquals(5, log.entries());
    }

    @Test
    void chunksHaveAMiBAtMostButForLargerEntries() throws IOException {
        store.begin(1);
        String text = "x".repeat(1000);
        Map<Object, Object> expected = new LinkedHashMap<>();
        for (int i = 0; i < 5000; i++) {
            Object value = i == 2500 ? "y".repeat(3 << 20) : text + i;
            put(i, value);
            expected.put(i, new StoredValue(value, 1));
        }
        store.commit(log);
        int larger = 0;
        for (byte[] chunk : chunks()) {
            larger += chunk.length > EntryLog.MAX_CHUNK_BYTES ? 1 : 0;
        }
        assertEquals(1, larger);
        assertEquals(expected, logged());
        log.clear();
        assertEquals(0, log.bytes());
        assertEquals(Map.of(), logged());
        assertEquals(EntryLog.MAX_CHUNK_BYTES + 16, leaks.ledger().usedBytes(MemoryUse.CHECKPOINT));
        store.begin(2);
        put(1, "z".repeat(2 << 20));
        put(2, 2);
        store.commit(log);
        assertEquals(2, logged().size());
    }

    @Test
    void aLogForWhichThereIsNoMemoryFailsTheBatchAndNotTheState() {
        MemoryLedger ledger = new MemoryLedger(1 << 20);
        KeyedStoreConfig config = new KeyedStoreConfig("counts", 1L << 30, false);
        try (KeyedStore tight = new KeyedStore(config, ledger, encoding.newCodec(), null);
                EntryLog changes = new EntryLog(ledger)) {
            tight.begin(1);
            tight.put(tight.handleOf("key"), "x".repeat(600_000));
            assertThrows(StoreFullException.class, () -> tight.commit(changes));
            tight.rollback();
            tight.begin(2);
            tight.put(tight.handleOf("key"), "x".repeat(100_000));
            tight.commit(changes);
            assertEquals(1, changes.entries());
            tight.begin(3);
            tight.put(tight.handleOf("other"), "x".repeat(500_000));
            tight.commit();
            StoreSave save = tight.save();
            assertThrows(MemoryLimitException.class, () -> save.next(10, changes));
            assertEquals(2, changes.entries(), "what was written before stays");
            save.close();
        }
        LeakCheck.assertNothingHeld(ledger);
    }

    @Test
    void whatIsLoadedIsInNoLog() throws IOException {
        store.begin(1);
        put("key", 1);
        store.commit(log);
        try (KeyedStore other = newStore(true);
                EntryLog unused = new EntryLog(leaks.ledger())) {
            EntryReader reader = reader(encoding.newCodec(), bytes());
            other.begin(9);
            assertTrue(reader.next());
            other.load(reader);
            assertThrows(IllegalStateException.class, () -> other.commit(unused));
            other.commit();
            other.begin(10);
            assertEquals(1, other.updatedMs(other.handleOf("key")));
            other.commit(unused);
            assertEquals(0, unused.entries());
        }
    }

    @Test
    void aSaveWaitsForTheEndOfTheBatch() {
        StoreSave save = store.save();
        store.begin(1);
        assertThrows(IllegalStateException.class, store::save);
        assertThrows(IllegalStateException.class, () -> save.next(1, log));
        store.commit();
        assertFalse(save.next(1, log));
        save.close();
    }

    /** What the log has been written with, as a later process would find it, but with one class named otherwise. */
    private void namesOfLog(List<String> names, List<String> schemas, String renamed) {
        for (int number = 0; number < encoding.size(); number++) {
            names.add(encoding.nameOf(number).replace(Place.class.getName(), renamed));
            schemas.add(encoding.schemaOf(number).replace(Place.class.getName(), renamed));
        }
    }

    private static RecordClasses formerly(String name, Class<?>... meant) {
        return new RecordClasses(List.of(Place.class), Map.of(name, List.of(meant)), TestPairs.PAIRS);
    }

    @Test
    void aClassIsReadUnderANameThatItHad() throws IOException {
        store.begin(1);
        put(new Place(1, "key"), List.of(new Place(2, "value")));
        store.commit(log);
        List<String> names = new ArrayList<>();
        List<String> schemas = new ArrayList<>();
        namesOfLog(names, schemas, "com.example.Spot");
        RecordClasses classes = formerly("com.example.Spot", Place.class);
        EntryReader reader = reader(ObjectEncoding.reading(classes, names, schemas), bytes());
        assertTrue(reader.next());
        assertEquals(new Place(1, "key"), reader.key());
        assertEquals(List.of(new Place(2, "value")), reader.value());
    }

    @Test
    void ofSeveralClassesThatHadANameTheOneWithTheFieldsThatWereWrittenIsMeant() throws IOException {
        store.begin(1);
        put("key", new Place(2, "value"));
        put(new Place(1, "key"), 3);
        store.commit(log);
        List<String> names = new ArrayList<>();
        List<String> schemas = new ArrayList<>();
        namesOfLog(names, schemas, Forgotten.class.getName());
        RecordClasses classes = new RecordClasses(
                List.of(Forgotten.class), Map.of(Forgotten.class.getName(), List.of(Place.class)), TestPairs.PAIRS);
        ValueCodec keys = ObjectEncoding.readingKeys(classes, names, schemas);
        ValueCodec values = ObjectEncoding.readingWhatIsMet(classes, names, schemas);
        EntryReader reader = new EntryReader(keys, values, null);
        byte[] bytes = bytes();
        reader.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
        assertTrue(reader.next());
        assertEquals("key", reader.key());
        assertEquals(new Place(2, "value"), reader.value());
        assertTrue(reader.next());
        assertTrue(assertThrows(UnreadableRecordException.class, reader::key)
                .getMessage()
                .startsWith("keys were written as an earlier form of class " + Forgotten.class.getName()));
    }

    @Test
    void aNameThatMayMeanTwoClassesOfTheSameFieldsIsRefused() throws IOException {
        record Twin(int x, String name) {}
        store.begin(1);
        put("key", new Place(2, "value"));
        store.commit(log);
        List<String> names = new ArrayList<>();
        List<String> schemas = new ArrayList<>();
        namesOfLog(names, schemas, "com.example.Spot");
        RecordClasses classes = formerly("com.example.Spot", Place.class, Twin.class);
        assertThrows(UnreadableRecordException.class, () -> ObjectEncoding.reading(classes, names, schemas));
    }

    @Test
    void aClassThatCannotBeReadIsRefusedWhenItsObjectIsMet() throws IOException {
        store.begin(1);
        put("key", new Place(2, "value"));
        put("other", 1);
        store.commit(log);
        List<String> names = new ArrayList<>();
        List<String> schemas = new ArrayList<>();
        namesOfLog(names, schemas, Place.class.getName());
        RecordClasses fewer = new RecordClasses(List.of(), TestPairs.PAIRS);
        EntryReader reader = reader(ObjectEncoding.readingWhatIsMet(fewer, names, schemas), bytes());
        assertTrue(reader.next());
        assertEquals("key", reader.key());
        assertThrows(UnregisteredClassException.class, reader::value);
        assertTrue(reader.next());
        assertEquals(1, reader.value());
    }

    @Test
    void aReaderGivesWhatValuesAreMadeOf() throws IOException {
        Object[] written = {1, 2L, 3.0, "four", new Place(5, "five"), null, true};
        Object[] wanted = {"one", null, 3, 4L, 5.0f, false, new Place(7, "seven")};
        store.begin(1);
        for (int i = 0; i < written.length; i++) {
            put("key" + i, written[i]);
        }
        store.commit(log);
        int[] at = {0};
        EntryReader reader = new EntryReader(encoding.newCodec(), encoding.newCodec(), value -> {
            assertEquals(written[at[0]], value);
            return wanted[at[0]];
        });
        byte[] bytes = bytes();
        reader.wrap(new UnsafeBuffer(bytes), 0, bytes.length);
        try (KeyedStore other = newStore(true)) {
            other.begin(1);
            for (; reader.next(); at[0]++) {
                assertEquals(wanted[at[0]], reader.value());
                other.load(reader);
            }
            other.commit();
            for (int i = 0; i < wanted.length; i++) {
                assertEquals(wanted[i], other.valueOf(other.handleOf("key" + i)));
            }
        }
        assertEquals(written.length, reader.entries());
    }

    @Test
    void theClassesOfALogAreReadByTheNamesThatWereKeptWithIt() throws IOException {
        store.begin(1);
        put(new Place(1, "key"), List.of(new Place(2, "value")));
        store.commit(log);
        List<String> names = new ArrayList<>();
        List<String> schemas = new ArrayList<>();
        for (int number = 0; number < encoding.size(); number++) {
            names.add(encoding.nameOf(number));
            schemas.add(encoding.schemaOf(number));
        }
        assertTrue(names.contains(Place.class.getName()));
        RecordClasses classes = new RecordClasses(List.of(Place.class), TestPairs.PAIRS);
        EntryReader reader = reader(ObjectEncoding.reading(classes, names, schemas), bytes());
        assertTrue(reader.next());
        assertEquals(new Place(1, "key"), reader.key());
        assertEquals(List.of(new Place(2, "value")), reader.value());
        RecordClasses fewer = new RecordClasses(List.of(), TestPairs.PAIRS);
        assertThrows(UnregisteredClassException.class, () -> ObjectEncoding.reading(fewer, names, schemas));
        schemas.set(names.indexOf(Place.class.getName()), "{x:long}");
        assertThrows(UnreadableRecordException.class, () -> ObjectEncoding.reading(classes, names, schemas));
        assertThrows(UnreadableRecordException.class, () -> ObjectEncoding.reading(classes, names, List.of()));
    }

    @Test
    void cutAndFlippedBytesAreRefusedOrReadAsOtherEntries() throws IOException {
        store.begin(1_700_000_000_000L);
        for (Object key : Arrays.asList(1, 2L, "text", null, 1.5, new Pair("a", 1), new Place(1, "x"))) {
            put(key, key instanceof Integer ? List.of(new Place(3, "y"), "z") : key);
            put(key + "'", key);
        }
        store.commit(log);
        byte[] bytes = bytes();
        int whole = 0;
        for (int length = 0; length < bytes.length; length++) {
            whole += isReadWhole(Arrays.copyOf(bytes, length)) ? 1 : 0;
        }
        assertEquals(1, whole, "a cut is unseen between blocks only");
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            isReadWhole(flipped);
        }
        assertArrayEquals(bytes, bytes());
    }

    /** Whether all could be read and loaded; nothing but a refusal is thrown. */
    private boolean isReadWhole(byte[] bytes) {
        try (KeyedStore other = newStore(true)) {
            other.begin(1);
            EntryReader reader = reader(encoding.newCodec(), bytes);
            while (reader.next()) {
                other.load(reader);
            }
            other.commit();
            return true;
        } catch (UnreadableRecordException refused) {
            return false;
        }
    }
}
