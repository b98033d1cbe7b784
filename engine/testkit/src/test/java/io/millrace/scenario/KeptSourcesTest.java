package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceException;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StreamingContext;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.recovery.ProcessView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sources that receive are found by their ids in a checkpoint, whatever their place in the program is (guide, "Checkpoints"). */
class KeptSourcesTest {
    private static final String CHECKPOINT = "checkpoint-of-this-test";

    private final SimulatedFileStore disk = new SimulatedFileStore();
    private final ManualClock clock = new ManualClock();
    private final List<String> seen = new ArrayList<>();
    private Life last;

    @AfterEach
    void end() {
        last.close();
    }

    /** One process, whose sources have these names and this order. */
    private final class Life implements AutoCloseable {
        private final ProcessView view = new ProcessView(disk);
        private final Map<String, PushInputDStream<String>> sources = new TreeMap<>();
        private final Rig rig = new Rig(seconds(1), Life::set, clock, directory -> view.store());

        Life(String... names) {
            StreamingContext context = StreamingContext.getOrCreate(CHECKPOINT, () -> {
                rig.ssc.checkpoint(CHECKPOINT);
                for (String name : names) {
                    receive(name);
                }
                return rig.ssc;
            });
            last = this;
            context.start();
        }

        private static MillraceConf set(MillraceConf conf) {
            return StatePlace.MEMORY
                    .in(conf)
                    .set("millrace.checkpoint.reserveBytes", "0")
                    .set("millrace.checkpoint.receivedSegmentBytes", "64k")
                    .set("millrace.streaming.receiver.writeAheadLog.enable", "true");
        }

        private void receive(String name) {
            PushInputDStream<String> source = rig.ssc.pushStream(String.class);
            sources.put(name, source);
            DStream<String> named = source.named(name);
            named.foreachRDD(rdd -> rdd.collect().forEach(record -> seen.add(name + " has " + record)));
        }

        void offer(String name, String record) {
            assertTrue(sources.get(name).offer(record), record);
        }

        void batch() {
            rig.toBatch((int) (clock.time() / 1000) + 1);
        }

        /** What was offered is in a block that no batch has. */
        void block() {
            clock.advanceMs(250);
            rig.work();
        }

        void end(Lives.End how) {
            if (how == Lives.End.KILLED) {
                view.end();
                disk.kill();
            } else {
                rig.ssc.stop(true, true);
            }
            close();
        }

        @Override
        public void close() {
            rig.close();
        }
    }

    private List<String> takeSeen() {
        List<String> taken = seen.stream().sorted().toList();
        seen.clear();
        return taken;
    }

    @ParameterizedTest
    @EnumSource
    void blocksThatWaitedGoToTheirOwnSourceThoughSourcesChangePlaces(Lives.End end) {
        Life first = new Life("a", "b");
        first.offer("a", "of a, early");
        first.batch();
        first.offer("a", "of a");
        first.offer("b", "of b");
        first.block();
        first.end(end);
        Life second = new Life("b", "a");
        second.batch();
        second.offer("a", "of a, late");
        second.offer("b", "of b, late");
        second.batch();
        second.end(end);
        try (Life third = new Life("a", "b")) {
            third.batch();
        }
        assertEquals(
                List.of("a has of a", "a has of a, early", "a has of a, late", "b has of b", "b has of b, late"),
                seen.stream().distinct().sorted().toList());
    }

    @Test
    void aNewSourceInFrontOfAnotherLeavesItsBlocksAlone() {
        Life first = new Life("b");
        first.offer("b", "of b");
        first.block();
        first.end(Lives.End.KILLED);
        try (Life second = new Life("a", "b")) {
            second.offer("a", "of a");
            second.batch();
        }
        assertEquals(List.of("a has of a", "b has of b"), takeSeen());
    }

    @Test
    void aSourceIsNotTakenOutWhileBlocksOfItAreInNoBatch() {
        Life first = new Life("a", "b");
        first.batch();
        first.offer("a", "of a");
        first.block();
        first.end(Lives.End.KILLED);
        String refusal =
                assertThrows(MillraceException.class, () -> new Life("b")).getMessage();
        assertTrue(refusal.contains("of a are in the write-ahead log and were in no batch yet"), refusal);
        assertTrue(refusal.contains("start once with it"), refusal);
        last.close();
        try (Life second = new Life("a", "b")) {
            second.batch();
        }
        assertEquals(List.of("a has of a"), takeSeen(), "nothing is lost by the refusal");
    }

    @Test
    void aSourceIsTakenOutAfterAGracefulStopAndMayComeBack() {
        Life with = new Life("a", "b");
        with.offer("a", "of a");
        with.offer("b", "of b");
        with.batch();
        with.end(Lives.End.STOPPED);
        assertEquals(List.of("a has of a", "b has of b"), takeSeen());
        for (Lives.End end : List.of(Lives.End.STOPPED, Lives.End.KILLED, Lives.End.STOPPED)) {
            Life without = new Life("b");
            without.offer("b", "of b alone");
            without.batch();
            without.end(end);
            assertEquals(List.of("b has of b alone"), takeSeen());
        }
        Life again = new Life("a", "b");
        again.offer("a", "of a again");
        again.block();
        again.end(Lives.End.KILLED);
        try (Life last = new Life("b", "a")) {
            last.batch();
        }
        assertEquals(List.of("a has of a again"), takeSeen());
    }
}
