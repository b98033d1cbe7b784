package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceException;
import io.millrace.api.StorageLevel;
import io.millrace.api.StreamingContextState;
import io.millrace.api.Tuple2;
import io.millrace.api.receiver.Receiver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Programs whose receivers store objects at one storage level or another. */
class StorageLevelsProgramTest {
    record Reading(String sensor, int value) {}

    record Unregistered(int x) {}

    /** Stores when it is told to. */
    private static final class Told<T> extends Receiver<T> {
        private static final long serialVersionUID = 1L;

        Told(StorageLevel level) {
            super(level);
        }

        @Override
        public void onStart() {}

        @Override
        public void onStop() {}
    }

    @Test
    void objectsHeldAsBytesAreTheSameRecordsToEveryOutput() {
        List<TreeMap<String, Integer>> sums = new ArrayList<>();
        List<Reading> seen = new ArrayList<>();
        try (Rig rig = new Rig(
                seconds(1),
                conf -> conf.registerKryoClasses(new Class<?>[] {Reading.class})
                        .set("millrace.streaming.blockInterval", "10ms"))) {
            Told<Reading> receiver = new Told<>(StorageLevel.MEMORY_ONLY_SER);
            var readings = rig.ssc.receiverStream(receiver, Reading.class);
            readings.mapToPair(reading -> new Tuple2<>(reading.sensor(), reading.value()))
                    .reduceByKey((a, b) -> a + b)
                    .foreachRDD(rdd -> sums.add(new TreeMap<>(rdd.collectAsMap())));
            readings.foreachRecord((reading, time) -> seen.add(reading));
            rig.ssc.start();
            rig.work();
            for (int i = 0; i < 300; i++) {
                receiver.store(new Reading("sensor " + i % 3, i));
                if (i % 50 == 0) {
                    rig.clock.advanceMs(10);
                    rig.work();
                }
            }
            rig.toBatch(1);
        }
        assertEquals(List.of(new TreeMap<>(Map.of("sensor 0", 14850, "sensor 1", 14950, "sensor 2", 15050))), sums);
        assertEquals(300, seen.size());
        assertEquals(new Reading("sensor 2", 299), seen.get(299));
    }

    @Test
    void aProgramWhoseRecordsCouldNotBeHeldIsRefusedAtTheStart() {
        try (Rig rig = new Rig(seconds(1))) {
            rig.ssc
                    .receiverStream(new Told<Unregistered>(StorageLevel.DISK_ONLY), Unregistered.class)
                    .print();
            MillraceException refused = assertThrows(MillraceException.class, rig.ssc::start);
            assertTrue(refused.getMessage().contains("Unregistered.class})"), refused.getMessage());
            assertEquals(StreamingContextState.STOPPED, rig.ssc.getState());
        }
    }
}
