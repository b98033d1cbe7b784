package io.millrace.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MillraceContextTest {

    @Test
    void aListThatIsNotThereIsRefusedAtTheCall() {
        MillraceContext context = MillraceContext.on(new FakeBackend(), FakeBackend.conf());
        String message = assertThrows(NullPointerException.class, () -> context.parallelize(null))
                .getMessage();
        assertTrue(message.startsWith("parallelize(null)"), message);
        message = assertThrows(NullPointerException.class, () -> context.parallelizePairs(null, 2))
                .getMessage();
        assertTrue(message.startsWith("parallelizePairs(null)"), message);
    }

    @Test
    void numbersBelowTheirRangeAreRefusedAtTheCall() {
        MillraceContext context = MillraceContext.on(new FakeBackend(), FakeBackend.conf());
        for (Executable call : List.<Executable>of(
                () -> context.parallelize(List.of(1), 0),
                () -> context.parallelizePairs(List.of(), 0),
                () -> context.parallelizeDoubles(List.of(), -1),
                () -> context.textFile("x", -1),
                () -> context.binaryRecords("x", 0),
                () -> context.union(new DoubleRDD[0]))) {
            assertThrows(IllegalArgumentException.class, call);
        }
        assertThrows(NullPointerException.class, () -> context.textFile(null));
        assertThrows(NullPointerException.class, () -> context.union((RDD<String>) null, List.of()));
    }

    @Test
    void datasetsComeThroughTheBackendsDoor() {
        FakeBackend backend = new FakeBackend();
        MillraceContext context = MillraceContext.on(backend, FakeBackend.conf());
        context.parallelizeDoubles(List.of(1.0));
        context.emptyRDD();
        context.textFile("lines");
        context.wholeTextFiles("files", 3);
        context.binaryRecords("numbers", 8);
        context.objectFile("objects", 0);
        context.broadcast("value");
        assertEquals(
                List.of(
                        "parallelizeDoubles[[1.0], 2]",
                        "emptynull",
                        "textFile[lines, 2]",
                        "wholeTextFiles[files, 3]",
                        "binaryRecords[numbers, 8]",
                        "objectFile[objects, 1]",
                        "broadcast[value]"),
                backend.calls);
    }

    @Test
    void aSecondContextOnTheEngineOfTheFirstIsStoppedWithIt() {
        FakeBackend backend = new FakeBackend();
        MillraceContext first = MillraceContext.on(backend, FakeBackend.conf());
        MillraceContext second = new MillraceContext(first);
        MillraceContext third = MillraceContext.fromSparkContext(second.sc());
        assertEquals("test", third.appName());
        assertEquals(0, first.longAccumulator().id());
        assertEquals(1, second.longAccumulator().id());
        second.stop();
        assertEquals(List.of("close"), backend.calls);
        assertThrows(IllegalStateException.class, first::running);
        assertThrows(IllegalStateException.class, third::emptyRDD);
    }

    @Test
    void localPropertiesBelongToAThreadAndToThoseItStarts() throws InterruptedException {
        MillraceContext context = MillraceContext.on(new FakeBackend(), FakeBackend.conf());
        context.setLocalProperty("pool", "fast");
        context.setJobGroup("nightly", "all of it");
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        Thread child = new Thread(() -> {
            seen.add(context.getLocalProperty("pool"));
            seen.add(context.getLocalProperty("spark.jobGroup.id"));
            context.setLocalProperty("pool", "slow");
            seen.add(context.getLocalProperty("pool"));
        });
        child.start();
        child.join();
        assertEquals(List.of("fast", "nightly", "slow"), seen);
        assertEquals("fast", context.getLocalProperty("pool"));
        context.setLocalProperty("pool", null);
        context.clearJobGroup();
        assertNull(context.getLocalProperty("pool"));
        assertNull(context.getLocalProperty("millrace.jobGroup.id"));
    }

    @Test
    void itTellsWhatItIs() {
        MillraceContext context = MillraceContext.on(
                new FakeBackend(), FakeBackend.conf().setMaster("local[3]").setAppName("facts"));
        assertTrue(context.isLocal());
        assertEquals(1_000L, context.startTime());
        assertEquals(2, context.defaultMinPartitions());
        assertTrue(context.version().matches("\\d+\\.\\d+\\.\\d+.*"), context.version());
    }

    @Test
    void theEnginesLogTakesSparksLevels() {
        MillraceContext context = MillraceContext.on(new FakeBackend(), FakeBackend.conf());
        Logger logger = Logger.getLogger("io.millrace");
        Level before = logger.getLevel();
        try {
            context.setLogLevel("warn");
            assertEquals(Level.WARNING, logger.getLevel());
            assertThrows(IllegalArgumentException.class, () -> context.setLogLevel("LOUD"));
        } finally {
            logger.setLevel(before);
        }
    }

    @Test
    void outsideATaskThereIsNoTaskContext() {
        assertNull(TaskContext.get());
        assertEquals(0, TaskContext.getPartitionId());
    }

    @Test
    void aStopThatIsRefusedCanBeRepeatedAndTheEngineRunsOnMeanwhile() {
        boolean[] inside = {true};
        FakeBackend backend = new FakeBackend() {
            @Override
            public void close() {
                if (inside[0]) {
                    throw new IllegalStateException("inside an output");
                }
                super.close();
            }
        };
        MillraceContext context = MillraceContext.on(backend, FakeBackend.conf());
        assertThrows(IllegalStateException.class, context::stop);
        assertEquals(backend, context.running());
        inside[0] = false;
        context.stop();
        assertEquals(List.of("close"), backend.calls);
        assertThrows(IllegalStateException.class, context::running);
    }

    @Test
    void aKeyThatLooksLikeOursAndIsNotIsRemarkedOnce() {
        MillraceConf conf = FakeBackend.conf()
                .set("millrace.streaming.blockIntervall", "50ms")
                .set("millrace.executor.cores", "4")
                .set("my.own.key", "x");
        assertEquals(
                List.of(
                        "setting millrace.executor.cores is unknown and changes nothing;"
                                + " io.millrace.conf.Settings lists those that do",
                        "setting millrace.streaming.blockIntervall is unknown and changes nothing;"
                                + " was millrace.streaming.blockInterval meant?"),
                remarksOn(conf));
        assertEquals(List.of(), remarksOn(FakeBackend.conf().set("spark.streaming.blockInterval", "50ms")));
    }

    private static List<String> remarksOn(MillraceConf conf) {
        List<String> remarks = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord line) {
                remarks.add(line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(UnknownKeys.class.getName());
        logger.addHandler(handler);
        try {
            MillraceContext.on(new FakeBackend(), conf);
        } finally {
            logger.removeHandler(handler);
        }
        return remarks;
    }
}
