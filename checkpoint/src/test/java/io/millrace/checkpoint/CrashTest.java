package io.millrace.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.checkpoint.file.CorruptFileException;
import io.millrace.checkpoint.file.DiskFullException;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalFailedException;
import io.millrace.checkpoint.simulation.CrashProfile;
import io.millrace.checkpoint.simulation.FaultHook;
import io.millrace.checkpoint.simulation.ForceFailure;
import io.millrace.checkpoint.simulation.Operation;
import io.millrace.checkpoint.simulation.SimulatedCrash;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Crashes and failures of the simulated disk; the number of random seeds is {@code -Dmillrace.checkpoint.seeds}. */
class CrashTest {

    private static final JournalConfig BATCH = JournalConfig.batchLog(6000);

    @ParameterizedTest
    @EnumSource
    void whatWasAcknowledgedOutlivesACrashAtEveryOperation(CrashProfile profile) throws IOException {
        crashAtEveryOperation(profile, Story::scenario);
    }

    @ParameterizedTest
    @EnumSource
    void whatWasAcknowledgedOutlivesACrashWhileAForceIsUnderWay(CrashProfile profile) throws IOException {
        crashAtEveryOperation(profile, Story::overlappingScenario);
    }

    /** What a story does in one life. */
    @FunctionalInterface
    private interface Scenario {
        void play(Story story, SimulatedFileStore store) throws IOException;
    }

    private static void crashAtEveryOperation(CrashProfile profile, Scenario scenario) throws IOException {
        SimulatedFileStore calm = new SimulatedFileStore();
        scenario.play(new Story(1, BATCH), calm);
        long operations = calm.operations();
        assertTrue(operations > 100, "the scenario has operations to crash at");
        for (long at = 1; at <= operations; at++) {
            for (int sectorBytes : new int[] {SimulatedFileStore.SECTOR_BYTES, 1}) {
                crashAt(at, profile, sectorBytes, scenario);
            }
        }
    }

    private static void crashAt(long at, CrashProfile profile, int sectorBytes, Scenario scenario) {
        SimulatedFileStore store = new SimulatedFileStore();
        Story story = new Story(1, BATCH);
        RandomGenerator random = new SplittableRandom(at);
        try {
            store.hook(FaultHook.crashAt(at));
            crashes(() -> scenario.play(story, store));
            store.crash(profile, sectorBytes, random);
            story.open(store);
            store.crash(profile, sectorBytes, random);
            scenario.play(story, store);
            story.open(store).close();
        } catch (Throwable e) {
            throw new AssertionError("crash at " + at + ", " + profile + ", sectors of " + sectorBytes, e);
        }
    }

    private static void crashes(Steps steps) throws IOException {
        try {
            steps.run();
        } catch (SimulatedCrash e) {
            // As planned.
        }
    }

    @FunctionalInterface
    private interface Steps {
        void run() throws IOException;
    }

    @Test
    void whatWasAcknowledgedOutlivesRandomCrashesAndFailures() {
        int seeds = Integer.getInteger("millrace.checkpoint.seeds", 300);
        long first = Long.getLong("millrace.checkpoint.firstSeed", 1);
        for (long seed = first; seed < first + seeds; seed++) {
            try {
                play(seed);
            } catch (Throwable e) {
                throw new AssertionError(
                        "seed " + seed + ": -Dmillrace.checkpoint.firstSeed=" + seed + " -Dmillrace.checkpoint.seeds=1",
                        e);
            }
        }
    }

    private static void play(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        SimulatedFileStore store = new SimulatedFileStore();
        Story story = new Story(seed, seed % 2 == 0 ? BATCH : JournalConfig.receivedLog(0, 9000));
        for (int life = 0; life < 8; life++) {
            live(store, story, random);
            CrashProfile profile = CrashProfile.values()[random.nextInt(CrashProfile.values().length)];
            if (random.nextInt(4) == 0) {
                store.kill();
                live(store, story, random);
            }
            store.crash(profile, random.nextBoolean() ? SimulatedFileStore.SECTOR_BYTES : 1, random);
        }
        story.open(store).close();
        story.open(store).close();
        assertEquals(story.appended.size(), story.acknowledged);
    }

    private static void live(SimulatedFileStore store, Story story, SplittableRandom random) throws IOException {
        store.forceFailure(ForceFailure.values()[random.nextInt(2)]);
        store.shortWrites(random.nextInt(4) == 0 ? 100 : Integer.MAX_VALUE);
        int last = 1 + random.nextInt(400);
        int failRate = random.nextInt(3) == 0 ? 60 : Integer.MAX_VALUE;
        store.hook((number, operation, name) -> {
            if (number == last) {
                throw new SimulatedCrash("at " + number);
            }
            boolean canFail = operation == Operation.FORCE || operation == Operation.WRITE;
            if (canFail && random.nextInt(failRate) == 0) {
                throw new IOException("Input/output error");
            }
        });
        if (random.nextInt(6) == 0) {
            store.leave(20_000);
        }
        try (Story.Session session = story.open(store)) {
            story.steps(session, random, random.nextInt(60));
        } catch (SimulatedCrash | JournalFailedException | DiskFullException e) {
            // A process that ends. So does one that cannot go on.
        } catch (CorruptFileException e) {
            throw e;
        } catch (IOException e) {
            assertTrue(e.getMessage().contains("Input/output error"), e::getMessage);
        }
    }
}
