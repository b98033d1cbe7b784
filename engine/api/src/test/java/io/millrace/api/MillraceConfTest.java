package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.conf.LateBatches;
import io.millrace.conf.Settings;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;

class MillraceConfTest {

    private final MillraceConf conf = new MillraceConf(false);

    @Test
    void keepsMasterAndNameUnderTheirKeys() {
        conf.setMaster("local[2]").setAppName("NetworkWordCount");
        assertEquals("local[2]", conf.get("millrace.master"));
        assertEquals("NetworkWordCount", conf.get("millrace.app.name"));
        assertEquals("local[2]", conf.get(Settings.MASTER));
    }

    @Test
    void aMissingKeyIsRefusedUnlessADefaultIsGiven() {
        assertThrows(NoSuchElementException.class, () -> conf.get("my.key"));
        assertEquals("else", conf.get("my.key", "else"));
        assertEquals(Optional.empty(), conf.getOption("my.key"));
        assertFalse(conf.contains("my.key"));
    }

    @Test
    void aNullKeyOrValueIsRefused() {
        assertThrows(NullPointerException.class, () -> conf.set(null, "x"));
        String message = assertThrows(NullPointerException.class, () -> conf.set("my.key", null))
                .getMessage();
        assertTrue(message.contains("my.key"), message);
    }

    @Test
    void aKeyIsSetOnlyIfMissingWhenAskedSo() {
        conf.set("my.key", "1").setIfMissing("my.key", "2").setIfMissing("my.other", "3");
        assertEquals("1", conf.get("my.key"));
        assertEquals("3", conf.get("my.other"));
    }

    @Test
    void manyKeysAreSetAtOnce() {
        conf.setAll(List.of(new Tuple2<>("b", "2"), new Tuple2<>("a", "1"))).setAll(Map.of("c", "3"));
        Object[] expected = {new Tuple2<>("a", "1"), new Tuple2<>("b", "2"), new Tuple2<>("c", "3")};
        assertArrayEquals(expected, conf.getAll());
        assertEquals("a=1\nb=2\nc=3", conf.toDebugString());
    }

    @Test
    void aRemovedKeyHasItsDefaultAgain() {
        conf.set("millrace.streaming.blockInterval", "50ms");
        assertEquals(50, conf.get(Settings.BLOCK_INTERVAL));
        conf.remove("millrace.streaming.blockInterval");
        assertEquals(200, conf.get(Settings.BLOCK_INTERVAL));
    }

    @Test
    void readsNumbersTimesAndSizes() {
        conf.set("i", "7").set("l", "8000000000").set("d", "0.5").set("b", "TRUE");
        assertEquals(7, conf.getInt("i", 0));
        assertEquals(8_000_000_000L, conf.getLong("l", 0));
        assertEquals(0.5, conf.getDouble("d", 0));
        assertTrue(conf.getBoolean("b", false));
        assertEquals(9, conf.getInt("missing", 9));

        conf.set("t", "2min").set("s", "64k").set("plain", "3");
        assertEquals(120_000, conf.getTimeAsMs("t"));
        assertEquals(120, conf.getTimeAsSeconds("t"));
        assertEquals(3, conf.getTimeAsMs("plain"));
        assertEquals(3, conf.getTimeAsSeconds("plain"));
        assertEquals(500, conf.getTimeAsMs("missing", "500ms"));
        assertEquals(65_536, conf.getSizeAsBytes("s"));
        assertEquals(1 << 20, conf.getSizeAsBytes("missing", "1m"));
        assertEquals(5, conf.getSizeAsBytes("missing", 5));
    }

    @Test
    void readsSizesInLargerUnits() {
        conf.set("s", "3g").set("plain", "2");
        assertEquals(3 << 20, conf.getSizeAsKb("s"));
        assertEquals(3 << 10, conf.getSizeAsMb("s"));
        assertEquals(3, conf.getSizeAsGb("s"));
        assertEquals(2, conf.getSizeAsKb("plain"));
        assertEquals(2, conf.getSizeAsMb("plain"));
        assertEquals(2, conf.getSizeAsGb("plain"));
        assertEquals(1, conf.getSizeAsKb("missing", "1500b"));
        assertEquals(1, conf.getSizeAsMb("missing", "1500k"));
        assertEquals(1, conf.getSizeAsGb("missing", "1500m"));
        assertThrows(NoSuchElementException.class, () -> conf.getSizeAsMb("missing"));
    }

    @Test
    void whatIsMeantForAClusterIsKept() {
        @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made otherwise
        Tuple2<String, String>[] more = new Tuple2[] {new Tuple2<>("B", "2"), new Tuple2<>("A", "3")};
        conf.setSparkHome("/opt/spark").setJars(new String[] {"a.jar", "b.jar"});
        conf.setExecutorEnv("A", "1").setExecutorEnv(more);
        assertEquals("/opt/spark", conf.get("spark.home"));
        assertEquals("a.jar,b.jar", conf.get("spark.jars"));
        assertEquals("2", conf.get("spark.executorEnv.B"));
        assertEquals(List.of(new Tuple2<>("A", "3"), new Tuple2<>("B", "2")), conf.getExecutorEnv());
        assertThrows(NullPointerException.class, () -> conf.setExecutorEnv("C", null));
        assertThrows(NullPointerException.class, () -> conf.setExecutorEnv(null, "c"));
    }

    @Test
    void aRunHasAnIdOnlyIfItWasGivenOne() {
        assertThrows(NoSuchElementException.class, conf::getAppId);
        assertEquals("run-7", conf.set("spark.app.id", "run-7").getAppId());
    }

    @Test
    void aKeyThatIsNullIsRefusedWhereItIsAskedFor() {
        assertThrows(NullPointerException.class, () -> conf.get((String) null));
        assertThrows(NullPointerException.class, () -> conf.contains(null));
        assertThrows(NullPointerException.class, () -> conf.remove(null));
    }

    @Test
    void whoAsksForSeveralOutputsAtATimeGetsOne() {
        conf.set("spark.streaming.concurrentJobs", "4");
        assertEquals(1, conf.get(Settings.CONCURRENT_JOBS));
        String message = assertThrows(
                        IllegalArgumentException.class, () -> conf.set("spark.streaming.concurrentJobs", "0"))
                .getMessage();
        assertTrue(message.contains("the outputs of a context run one after another"), message);
    }

    @Test
    void aTextThatIsNoNumberIsNamedWithItsKey() {
        conf.set("my.limit", "many");
        assertEquals(
                "setting my.limit is 'many', expected an int; set it to such a value",
                assertThrows(IllegalArgumentException.class, () -> conf.getInt("my.limit", 0))
                        .getMessage());
    }

    @Test
    void aValueOutOfRangeIsRefusedWhereItIsSet() {
        String message = assertThrows(
                        IllegalArgumentException.class, () -> conf.set("spark.streaming.blockInterval", "0"))
                .getMessage();
        assertEquals(
                "millrace.streaming.blockInterval is '0', expected a time of 1 to 2147483647 ms,"
                        + " such as 500, 500ms, 2s or 1min;"
                        + " set it to such a value or leave it out for the default, 200ms",
                message);
        assertFalse(conf.contains("millrace.streaming.blockInterval"));
    }

    @Test
    void sparksKeysStandForOurs() {
        conf.set("spark.streaming.lateBatches", "coalesce")
                .set("spark.streaming.stopSparkContextByDefault", "false")
                .set("spark.streaming.minRememberDuration", "90s")
                .set("spark.my.own", "x");
        assertEquals(LateBatches.COALESCE, conf.get(Settings.LATE_BATCHES));
        assertFalse(conf.get(Settings.STOP_CONTEXT_BY_DEFAULT));
        assertEquals(90_000, conf.get(Settings.FILE_MIN_REMEMBER));
        assertEquals("x", conf.get("millrace.my.own"));
        assertEquals("x", conf.get("spark.my.own"));
        assertTrue(conf.contains("spark.my.own"));
        assertFalse(conf.remove("spark.my.own").contains("millrace.my.own"));
    }

    @Test
    void aSettingWithoutADefaultHasToBeSet() {
        String message = assertThrows(NoSuchElementException.class, () -> conf.get(Settings.MASTER))
                .getMessage();
        assertEquals(
                "setting millrace.master is not set and has no default, expected local[n], local[*] or local[0]",
                message);
    }

    @Test
    void loadsTheSystemPropertiesOfItsKind() {
        System.setProperty("millrace.test.one", "1");
        System.setProperty("spark.test.one", "2");
        System.setProperty("spark.test.two", "3");
        try {
            MillraceConf loaded = new MillraceConf();
            assertEquals("1", loaded.get("millrace.test.one"));
            assertEquals("3", loaded.get("millrace.test.two"));
            assertFalse(loaded.contains("java.version"));
            assertFalse(new MillraceConf(false).contains("millrace.test.one"));
        } finally {
            System.clearProperty("millrace.test.one");
            System.clearProperty("spark.test.one");
            System.clearProperty("spark.test.two");
        }
    }

    @Test
    void aCopyGoesItsOwnWay() {
        ThreadFactory factory = Thread::new;
        conf.set("a", "1").setThreadFactory(factory);
        MillraceConf copy = conf.clone();
        conf.set("a", "2");
        assertEquals("1", copy.get("a"));
        assertSame(factory, copy.threadFactory().orElseThrow());
        assertEquals(Optional.empty(), new MillraceConf(false).threadFactory());
    }

    @Test
    void classesAreRegisteredByCallOrByName() {
        MillraceConf conf = new MillraceConf(false)
                .registerKryoClasses(new Class<?>[] {Tuple2.class})
                .registerKryoClasses(new Class<?>[] {Time.class, Tuple2.class})
                .set("spark.kryo.classesToRegister", " java.util.BitSet,,java.util.Locale ");
        List<Class<?>> all = List.of(Tuple2.class, Time.class, java.util.BitSet.class, java.util.Locale.class);
        assertEquals(all, List.copyOf(conf.kryoClasses()));
        MillraceConf copy = conf.clone().registerKryoClasses(new Class<?>[] {String.class});
        assertEquals(5, copy.kryoClasses().size());
        assertEquals(all, List.copyOf(conf.kryoClasses()));
    }

    @Test
    void aRegisteredNameWithoutAClassIsNamed() {
        MillraceConf conf = new MillraceConf(false).set("millrace.kryo.classesToRegister", "com.example.Absent");
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, conf::kryoClasses);
        assertTrue(refused.getMessage().contains("com.example.Absent"), refused.getMessage());
        assertThrows(NullPointerException.class, () -> conf.registerKryoClasses(new Class<?>[] {null}));
    }
}
