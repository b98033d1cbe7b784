package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.InputDStream;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceException;
import io.millrace.api.StorageLevel;
import io.millrace.api.StreamingContext;
import io.millrace.api.StreamingContextState;
import io.millrace.api.function.Reducers;
import io.millrace.api.receiver.Receiver;
import io.millrace.checkpoint.simulation.CrashProfile;
import io.millrace.checkpoint.simulation.FaultHook;
import io.millrace.checkpoint.simulation.Operation;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.Scenario;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sender that numbers its records and sends those again that are not known to be safe (reliability spec 2.2). */
class ReliableReceiversTest {
    private SimulatedFileStore disk = new SimulatedFileStore();
    private ManualClock clock = new ManualClock();
    private final Sender sender = new Sender();
    /** How often each record was counted, as the state says in the last batch. */
    private final Map<String, Integer> counted = new TreeMap<>();

    /** Outlives the program. */
    private static final class Sender {
        private int sent;
        private long forgotten = -1;
        /** A receiver that throws is started again, so what is wrong is told here. */
        private final List<String> complaints = new ArrayList<>();

        /** What is not sent again is lost, if the engine does not have it. */
        void open(Receiver<String> receiver) {
            if (receiver.lastPosition() < forgotten) {
                complaints.add("asked to go on behind " + receiver.lastPosition() + ", forgotten up to " + forgotten);
            }
            send(receiver, (int) receiver.lastPosition() + 1);
        }

        void send(Receiver<String> receiver, int from) {
            for (int record = from; record < sent; record++) {
                receiver.store("r" + record, record);
            }
        }

        Map<String, Integer> eachOnce() {
            assertEquals(List.of(), complaints);
            Map<String, Integer> once = new TreeMap<>();
            for (int record = 0; record < sent; record++) {
                once.put("r" + record, 1);
            }
            return once;
        }
    }

    private static final class Numbered extends Receiver<String> {
        private static final long serialVersionUID = 1L;

        private final transient Sender sender;

        Numbered(Sender sender) {
            super(StorageLevel.MEMORY_ONLY);
            this.sender = sender;
        }

        @Override
        public void onStart() {
            sender.open(this);
        }

        @Override
        public void onStop() {}

        @Override
        public void onAcknowledge(long position) {
            if (position > lastPosition()) {
                sender.complaints.add(position + " is safe, and stored is " + lastPosition());
            }
            sender.forgotten = Math.max(sender.forgotten, position);
        }
    }

    /** One process: the program, run on what the ones before it have left. */
    private final class Life {
        private final Rig rig;
        private final Numbered receiver = new Numbered(sender);
        private InputDStream<String> records;

        Life(boolean isLogged, String... settings) {
            rig = new Rig(seconds(1), conf -> set(conf, isLogged, settings), clock, directory -> disk);
            StreamingContext context = StreamingContext.getOrCreate("of-this-test", () -> {
                rig.ssc.checkpoint("of-this-test");
                records = rig.ssc.receiverStream(receiver);
                records.mapToPair(record -> Scenario.pair(record, 1))
                        .updateStateByKey(Reducers.running(Reducers.sumInt()))
                        .foreachRDD(rdd -> {
                            counted.clear();
                            rdd.collect().forEach(pair -> counted.put(pair._1, pair._2));
                        });
                return rig.ssc;
            });
            try {
                context.start();
            } catch (RuntimeException refused) {
                rig.close();
                throw refused;
            }
            rig.work();
        }

        private MillraceConf set(MillraceConf conf, boolean isLogged, String... settings) {
            StatePlace.MEMORY
                    .in(conf)
                    .set("millrace.checkpoint.reserveBytes", "0")
                    .set("millrace.streaming.allowMultipleContexts", "true")
                    .set("millrace.checkpoint.receivedSegmentBytes", "64k")
                    .set("millrace.streaming.receiver.writeAheadLog.enable", Boolean.toString(isLogged));
            for (int i = 0; i < settings.length; i += 2) {
                conf.set(settings[i], settings[i + 1]);
            }
            return conf;
        }

        void send(int more) {
            int from = sender.sent;
            sender.sent += more;
            sender.send(receiver, from);
        }

        void advanceMs(long ms) {
            clock.advanceMs(ms);
            rig.work();
        }

        /** The process ends without a word. */
        void kill() {
            disk.hook((number, operation, name) -> {
                throw new IOException("the process was killed");
            });
            rig.close(); // gives the memory back, and can do nothing to the disk
            disk.kill();
            disk.hook(FaultHook.NONE);
        }

        void stop() {
            rig.ssc.stop(true, true);
            rig.close();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void eachRecordIsCountedOnceWhateverEndsTheProcess(boolean isLogged) {
        for (long seed = 0; seed < 40; seed++) {
            ReliableReceiversTest one = new ReliableReceiversTest();
            one.live(isLogged, new SplittableRandom(seed));
            assertEquals(one.sender.eachOnce(), one.counted, "seed " + seed);
        }
    }

    private void live(boolean isLogged, SplittableRandom random) {
        int lives = 2 + random.nextInt(5);
        for (int i = 0; i < lives; i++) {
            Life life = new Life(
                    isLogged,
                    "millrace.checkpoint.commitInterval",
                    (1 + random.nextInt(3)) + "s",
                    "millrace.checkpoint.snapshotBytes",
                    random.nextBoolean() ? "1k" : "1m");
            for (int step = random.nextInt(12); step > 0; step--) {
                switch (random.nextInt(4)) {
                    case 0 -> sender.send(life.receiver, Math.max(0, sender.sent - random.nextInt(5)));
                    case 1 -> life.send(random.nextInt(10));
                    default -> life.advanceMs(100 + random.nextInt(900));
                }
            }
            end(life, random);
        }
        Life last = new Life(isLogged);
        last.advanceMs(1_000);
        last.stop();
    }

    private void end(Life life, SplittableRandom random) {
        switch (random.nextInt(4)) {
            case 0 -> life.stop();
            case 1 -> {
                life.kill();
                disk.crash(CrashProfile.values()[random.nextInt(CrashProfile.values().length)], random);
            }
            default -> life.kill();
        }
    }

    @Test
    void recordsThatAreInTheLogAreAcknowledgedAndThoseInTheRingAreNot() {
        Life life = new Life(true);
        life.send(3);
        assertEquals(-1, sender.forgotten);
        life.advanceMs(300);
        life.rig.work();
        assertEquals(2, sender.forgotten);
        life.send(1);
        life.kill();
        Life next = new Life(true);
        assertEquals(Map.of(), counted, "no batch was run");
        next.advanceMs(1_000);
        next.stop();
        assertEquals(sender.eachOnce(), counted);
    }

    @Test
    void duplicatesAreCountedWhereTheOtherCountsAre() {
        Life life = new Life(true);
        life.send(5);
        sender.send(life.receiver, 2);
        assertEquals(3L, life.records.counters().get("duplicateRecords"));
        life.stop();
    }

    @Test
    void aBatchWithLoggedBlocksCannotBeRunAgainWithoutTheLog() {
        Life life = new Life(true, "millrace.checkpoint.commitInterval", "1h");
        life.send(5);
        life.advanceMs(1_000);
        life.kill();
        String refusal =
                assertThrows(MillraceException.class, () -> new Life(false)).getMessage();
        assertTrue(refusal.contains("in a batch that was not committed"), refusal);
        assertTrue(refusal.contains("millrace.streaming.receiver.writeAheadLog.enable=true"), refusal);
        Life next = new Life(true);
        next.stop();
        assertEquals(sender.eachOnce(), counted);
    }

    @Test
    void blocksThatAreInNoBatchYetAreNotForgottenBecauseTheLogIsSwitchedOff() {
        Life life = new Life(true);
        life.send(5);
        life.advanceMs(300);
        life.kill();
        String refusal =
                assertThrows(MillraceException.class, () -> new Life(false)).getMessage();
        assertTrue(refusal.contains("blocks 1 to 1 of "), refusal);
        assertTrue(refusal.contains("were in no batch yet"), refusal);
    }

    @Test
    void theLogMayBeSwitchedOffAndOnAgainAfterAGracefulStop() {
        for (boolean isLogged : new boolean[] {true, false, false, true, false}) {
            Life life = new Life(isLogged, "millrace.checkpoint.snapshotBytes", "1k");
            for (int batch = 0; batch < 30; batch++) {
                life.send(100);
                life.advanceMs(1_000);
            }
            life.stop();
        }
        assertEquals(sender.eachOnce(), counted);
    }

    /** The log has some space ahead. */
    private void fillTheDisk(Life life) {
        disk.budget(0);
        do {
            life.send(100);
            life.advanceMs(300);
            life.rig.work();
        } while (sender.forgotten == sender.sent - 1);
    }

    @Test
    void aFullDiskLosesNothingAndTheReceiverWaits() {
        Life life = new Life(true);
        life.send(5);
        life.advanceMs(1_000);
        fillTheDisk(life);
        long safe = sender.forgotten;
        life.send(50);
        for (int i = 0; i < 10; i++) {
            life.advanceMs(300);
        }
        assertEquals(StreamingContextState.ACTIVE, life.rig.ssc.getState());
        assertEquals(safe, sender.forgotten);
        assertEquals(safe + 1, counted.size(), "nothing is in a batch that is not in the log");
        disk.budget(Long.MAX_VALUE);
        for (int i = 0; i < 5; i++) {
            life.advanceMs(300);
        }
        assertEquals(sender.sent - 1, sender.forgotten);
        life.stop();
        assertEquals(sender.eachOnce(), counted);
    }

    @Test
    void aProcessThatEndsWhileTheDiskIsFullHasLostNothingThatWasAcknowledged() {
        Life life = new Life(true);
        fillTheDisk(life);
        life.kill();
        disk.budget(Long.MAX_VALUE);
        Life next = new Life(true);
        next.advanceMs(1_000);
        next.stop();
        assertEquals(sender.eachOnce(), counted);
    }

    @Test
    void aDiskThatFailsEndsTheRunWithTheReasonAndNothingThatWasAcknowledgedIsLost() {
        Life life = new Life(true);
        life.send(5);
        life.advanceMs(1_000);
        disk.hook(FaultHook.failEvery(Operation.WRITE));
        life.send(5);
        life.advanceMs(300);
        assertEquals(StreamingContextState.STOPPED, life.rig.ssc.getState());
        String reason = assertThrows(Exception.class, () -> life.rig.ssc.awaitTermination())
                .getMessage();
        assertTrue(reason.contains("what was received cannot be written to wal/0"), reason);
        life.kill();
        Life next = new Life(true);
        next.advanceMs(1_000);
        next.stop();
        assertEquals(sender.eachOnce(), counted);
    }
}
