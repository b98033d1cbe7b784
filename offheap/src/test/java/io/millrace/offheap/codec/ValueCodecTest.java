package io.millrace.offheap.codec;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.offheap.codec.TestPairs.Pair;
import io.millrace.offheap.memory.Seeds;
import java.io.Serializable;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Currency;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ValueCodecTest {
    /** Without a constructor that takes nothing. */
    static final class Point {
        final int x;
        final List<String> names;
        Object more;

        Point(int x, List<String> names, Object more) {
            this.x = x;
            this.names = names;
            this.more = more;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Point that
                    && x == that.x
                    && names.equals(that.names)
                    && String.valueOf(more).equals(String.valueOf(that.more));
        }

        @Override
        public int hashCode() {
            return x;
        }

        @Override
        public String toString() {
            return "Point " + x + names + more;
        }
    }

    record Reading(String sensor, double value, Colour colour) {}

    enum Colour {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "green";
            }
        }
    }

    private static final RecordClasses CLASSES =
            new RecordClasses(List.of(Point.class, Reading.class, Colour.class), TestPairs.PAIRS);

    private static byte[] written(ValueCodec codec, Object value) {
        ByteBuilder out = new ByteBuilder(1);
        codec.write(value, out);
        return Arrays.copyOf(out.array(), out.length());
    }

    /** A codec that knows the classes of another one by name alone, as a reader of a file does. */
    private static ValueCodec readerOf(ValueCodec writer, ClassTable table, RecordClasses classes) {
        ValueCodec reader = new ValueCodec(classes);
        for (int id = 0; id < table.size(); id++) {
            reader.learn(writer.nameOf(id), writer.schemaOf(id));
        }
        return reader;
    }

    private static Object through(Object value) {
        ValueCodec writer = new ValueCodec(CLASSES);
        ClassTable table = new ClassTable();
        writer.use(table);
        byte[] bytes = written(writer, value);
        byte[] shifted = new byte[bytes.length + 5];
        System.arraycopy(bytes, 0, shifted, 3, bytes.length);
        return readerOf(writer, table, CLASSES).read(shifted, 3, bytes.length);
    }

    private static void assertComesBack(Object value) {
        Object back = through(value);
        assertEquals(value, back);
        assertEquals(value.getClass(), back.getClass());
    }

    @Test
    void numbersTextsAndNullComeBackAsWhatTheyWere() {
        for (Object value : List.of(
                7,
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                true,
                false,
                0.1,
                Double.NaN,
                -0.0,
                0.1f,
                (short) -3,
                (byte) 9,
                'ö',
                "",
                "grüß \ud83d\ude00",
                "lone \ud834 surrogate",
                "x".repeat(10_000))) {
            assertComesBack(value);
        }
        assertEquals(null, through(null));
        assertArrayEquals(new byte[] {1, -1, 0}, (byte[]) through(new byte[] {1, -1, 0}));
    }

    @Test
    void pairsComeBackWithEverythingInThem() {
        assertComesBack(new Pair("a", 1));
        assertComesBack(new Pair(null, new Pair(new Pair(1L, null), "b")));
        assertComesBack(new Pair("k", new Reading("s", 0.5, Colour.GREEN)));
        assertComesBack(new ArrayList<>(List.of(new Pair("in a list", 2))));
    }

    @Test
    void registeredClassesComeBack() {
        assertComesBack(new Reading("a", 1.5, Colour.RED));
        assertComesBack(new Reading(null, Double.NEGATIVE_INFINITY, null));
        assertComesBack(Colour.RED);
        assertEquals(Colour.GREEN, through(Colour.GREEN));
        assertComesBack(new Point(3, new ArrayList<>(List.of("a", "b")), new Point(4, new ArrayList<>(), null)));
        assertComesBack(new Point(3, List.of("a"), new Pair("x", List.of(1, 2L, "three"))));
        assertArrayEquals(new Reading[] {null, new Reading("a", 1, Colour.RED)}, (Reading[])
                through(new Reading[] {null, new Reading("a", 1, Colour.RED)}));
        assertArrayEquals(new Colour[][] {{Colour.RED}, null}, (Colour[][])
                through(new Colour[][] {{Colour.RED}, null}));
    }

    @Test
    void theUsualClassesOfTheJdkNeedNoRegistration() {
        for (Object value : List.of(
                new BigDecimal("1.50"),
                BigInteger.TEN.pow(50),
                BitSet.valueOf(new long[] {5, 9}),
                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                URI.create("http://a/b"),
                Locale.GERMANY,
                Currency.getInstance("EUR"),
                new Date(5),
                Instant.ofEpochSecond(7, 8),
                Duration.ofMillis(9),
                LocalDate.of(2024, 2, 29),
                LocalDate.MAX,
                LocalDate.MIN,
                Instant.EPOCH.atOffset(ZoneOffset.UTC),
                Instant.EPOCH.atZone(ZoneOffset.ofHours(2)),
                Optional.of("x"),
                Optional.empty(),
                new ArrayList<>(Arrays.asList(1, null, "a")),
                new LinkedList<>(List.of(1L)),
                new HashSet<>(List.of("a", "b")),
                new TreeSet<>(List.of(3, 1)),
                new HashMap<>(Map.of("a", 1)),
                new LinkedHashMap<>(Map.of(1, "a")),
                new TreeMap<>(Map.of("a", List.of(1))))) {
            assertComesBack(value);
        }
        assertArrayEquals(new int[] {1, -2}, (int[]) through(new int[] {1, -2}));
        assertArrayEquals(new double[] {0.5}, (double[]) through(new double[] {0.5}));
        assertArrayEquals(new String[] {"a", null}, (String[]) through(new String[] {"a", null}));
        assertArrayEquals(new long[][] {{1}, {}}, (long[][]) through(new long[][] {{1}, {}}));
        assertArrayEquals(new Object[] {1, "a"}, (Object[]) through(new Object[] {1, "a"}));
    }

    @Test
    void collectionsOfTheJdkThatAreNamedByNobodyComeBackAsEqualOnes() {
        for (Object value : List.of(
                List.of(1, "a"),
                Arrays.asList("a", null),
                List.of(1, 2, 3).subList(1, 3),
                Collections.emptyList(),
                Collections.singletonList(5),
                Collections.unmodifiableList(new ArrayList<>(List.of(1))),
                Set.of("a"),
                Collections.emptySet(),
                Map.of("a", List.of(1)),
                Collections.emptyMap(),
                new EnumMap<>(Map.of(Colour.GREEN, 2)),
                new TreeMap<>(Map.of(1, 1)).headMap(9))) {
            assertEquals(value, through(value));
        }
    }

    /** Asks for what is not safe. */
    static final class Unregistered implements Serializable {
        private static final long serialVersionUID = 1L;
    }

    @Test
    void aClassThatIsNotRegisteredIsNamedWithTheLineToAdd() {
        for (Object value : List.of(
                new Unregistered(),
                new Pair(1, new Unregistered()),
                List.of(new Unregistered()),
                new Point(1, List.of(), new Unregistered()))) {
            UnregisteredClassException refused =
                    assertThrows(UnregisteredClassException.class, () -> written(new ValueCodec(CLASSES), value));
            assertEquals(Unregistered.class.getTypeName(), refused.className());
            assertTrue(
                    refused.getMessage()
                            .contains("registerKryoClasses(new Class<?>[] {"
                                    + "io.millrace.offheap.codec.ValueCodecTest.Unregistered.class})"),
                    refused.getMessage());
        }
        UnregisteredClassException array = assertThrows(
                UnregisteredClassException.class, () -> written(new ValueCodec(CLASSES), new Unregistered[1][2]));
        assertTrue(array.getMessage().contains("Unregistered[][]"), array.getMessage());
    }

    @Test
    void aNameThatIsReadMeansARegisteredClassOrNothing() {
        ValueCodec reader = new ValueCodec(CLASSES);
        for (String name : List.of(
                Unregistered.class.getName(),
                "java.util.PriorityQueue",
                "javax.script.ScriptEngineManager",
                "no.such.Class",
                "[L" + Unregistered.class.getName() + ";",
                "[[Lno.such.Class;",
                "[",
                "[L",
                "[Lx",
                "",
                "[Q")) {
            UnregisteredClassException refused =
                    assertThrows(UnregisteredClassException.class, () -> reader.learn(name, ""), name);
            assertTrue(refused.getMessage().contains("is not read"), refused.getMessage());
        }
        assertThrows(UnreadableRecordException.class, () -> {
            reader.learn("java.util.ArrayList", "");
            reader.learn("java.util.ArrayList", "");
        });
    }

    @Test
    void theOrderOfRegistrationDoesNotMatterToAReader() {
        ValueCodec writer = new ValueCodec(CLASSES);
        ClassTable table = new ClassTable();
        writer.use(table);
        List<Object> values = List.of(Colour.RED, new Reading("a", 1, Colour.RED), new Point(1, List.of(), 2));
        List<byte[]> bytes =
                values.stream().map(value -> written(writer, value)).toList();
        RecordClasses otherOrder = new RecordClasses(
                List.of(Reading.class, Unregistered.class, Colour.class, Point.class), TestPairs.PAIRS);
        ValueCodec reader = readerOf(writer, table, otherOrder);
        for (int i = 0; i < values.size(); i++) {
            assertEquals(values.get(i), reader.read(bytes.get(i), 0, bytes.get(i).length));
        }
    }

    @Test
    void aClassWithOtherFieldsThanWereWrittenIsNotMisread() {
        ValueCodec writer = new ValueCodec(CLASSES);
        ClassTable table = new ClassTable();
        writer.use(table);
        written(writer, new Reading("a", 1, Colour.RED));
        assertEquals(Reading.class.getName(), writer.nameOf(0));
        String schema = writer.schemaOf(0);
        assertEquals("{sensor:java.lang.String,value:double,colour:" + Colour.class.getName() + "}", schema);
        UnreadableRecordException refused = assertThrows(
                UnreadableRecordException.class,
                () -> new ValueCodec(CLASSES).learn(Reading.class.getName(), schema.replace("double", "float")));
        assertTrue(refused.getMessage().contains("value:float"), refused.getMessage());
        assertTrue(refused.getMessage().contains("value:double"), refused.getMessage());
    }

    @Test
    void anObjectThatHoldsItselfIsRefusedAndTheNextOneIsWritten() {
        Point ring = new Point(1, List.of(), null);
        ring.more = ring;
        ValueCodec codec = new ValueCodec(CLASSES);
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> written(codec, ring));
        assertTrue(refused.getMessage().contains("holds itself"), refused.getMessage());
        ByteBuilder out = new ByteBuilder(8);
        codec.write(new Point(2, List.of(), null), out);
        assertInstanceOf(Point.class, codec.read(out.array(), 0, out.length()));
        Object deep = 1;
        for (int i = 0; i < 100; i++) {
            deep = new Pair(deep, 1);
        }
        Object tooDeep = deep;
        assertThrows(IllegalArgumentException.class, () -> written(codec, tooDeep));
    }

    @Test
    void bytesThatNoCodecWroteAreRefusedWithoutTakingTheMemory() {
        ValueCodec writer = new ValueCodec(CLASSES);
        List<Object> values = List.of(
                new Pair("key", 5L),
                new Point(3, List.of("a", "b"), new int[] {1, 2, 3}),
                List.of(1, "two", new long[] {3}, new String[] {"x"}, Map.of(1, 2), new BigDecimal("1.5")),
                new byte[] {1, 2, 3},
                "text \ud834");
        List<byte[]> samples =
                values.stream().map(value -> written(writer, value)).toList();
        for (byte[] sample : samples) {
            for (int length = 0; length < sample.length; length++) {
                int cut = length;
                assertThrows(UnreadableRecordException.class, () -> writer.read(sample, 0, cut), "cut to " + length);
            }
        }
        Seeds.play(20, random -> {
            for (byte[] sample : samples) {
                for (int i = 0; i < 200; i++) {
                    readOrRefuse(writer, damaged(sample, random));
                }
            }
        });
    }

    private static byte[] damaged(byte[] sample, Random random) {
        byte[] damaged = sample.clone();
        for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        }
        return damaged;
    }

    private static void readOrRefuse(ValueCodec codec, byte[] bytes) {
        try {
            codec.read(bytes, 0, bytes.length);
        } catch (UnreadableRecordException refused) {
            assertNotNull(refused.getMessage());
        }
    }
}
