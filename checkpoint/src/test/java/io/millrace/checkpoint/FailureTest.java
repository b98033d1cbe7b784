package io.millrace.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.checkpoint.file.CheckpointException;
import io.millrace.checkpoint.file.CorruptFileException;
import io.millrace.checkpoint.file.DiskFullException;
import io.millrace.checkpoint.file.FencedException;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalFailedException;
import io.millrace.checkpoint.simulation.CrashProfile;
import io.millrace.checkpoint.simulation.FaultHook;
import io.millrace.checkpoint.simulation.ForceFailure;
import io.millrace.checkpoint.simulation.Operation;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every N-th operation of each kind fails, once and for ever, in whole lives of a directory: what was acknowledged is found again, and
 * what fails says so by name.
 */
class FailureTest {

    private static final JournalConfig BATCH = JournalConfig.batchLog(6000);
    private static final List<Scenario> SCENARIOS = List.of(Story::scenario, Story::overlappingScenario);

    /** What changes nothing on the disk when it fails, so that it matters less how the life ends. */
    private static final Set<Operation> WITHOUT_CHANGE = EnumSet.of(
            Operation.OPEN,
            Operation.READ,
            Operation.LIST,
            Operation.EXISTS,
            Operation.SIZE,
            Operation.USABLE,
            Operation.MAP,
            Operation.LOCK);

    /** What a story does in one life. */
    @FunctionalInterface
    private interface Scenario {
        void play(Story story, SimulatedFileStore store) throws IOException;
    }

    /** How a life ends in which something has failed. */
    private enum End {
        /** The program is started again in the same process. */
        STARTED_AGAIN,
        KILLED,
        POWER_CUT,
        POWER_CUT_THAT_REORDERS
    }

    /** One life in which something fails. */
    private record Case(Operation failing, boolean isForEver, ForceFailure forceFailure, Scenario scenario, End end) {}

    @ParameterizedTest
    @EnumSource
    void anOperationThatFailsIsToldByNameAndLosesNothingAcknowledged(Operation failing) {
        for (ForceFailure forceFailure : ForceFailure.values()) {
            for (End end :
                    WITHOUT_CHANGE.contains(failing) ? EnumSet.of(End.STARTED_AGAIN) : EnumSet.allOf(End.class)) {
                for (Scenario scenario : SCENARIOS) {
                    failEach(new Case(failing, false, forceFailure, scenario, end));
                    failEach(new Case(failing, true, forceFailure, scenario, end));
                }
            }
            if (failing != Operation.FORCE) {
                return;
            }
        }
    }

    private static void failEach(Case one) {
        long from = 0;
        boolean hasFailed = true;
        while (hasFailed) {
            from++;
            try {
                hasFailed = fail(one, from);
            } catch (Throwable e) {
                throw new AssertionError(
                        "operation " + from + " of " + one + ", scenario " + SCENARIOS.indexOf(one.scenario()), e);
            }
        }
        assertTrue(from > 1 || one.failing() == Operation.TRUNCATE || one.failing() == Operation.USABLE, one::toString);
    }

    /** Whether there was anything to fail. */
    private static boolean fail(Case one, long from) throws IOException {
        SimulatedFileStore store = new SimulatedFileStore();
        Story story = new Story(1, BATCH);
        boolean[] hasFailed = new boolean[1];
        FaultHook hook = FaultHook.failFrom(one.failing(), from, one.isForEver(), "Input/output error");
        store.forceFailure(one.forceFailure());
        store.hook((number, operation, name) -> {
            try {
                hook.before(number, operation, name);
            } catch (IOException e) {
                hasFailed[0] = true;
                throw e;
            }
        });
        story.taker = (session, random, step) -> goOn(session, random, step, story);
        try {
            one.scenario().play(story, store);
            one.scenario().play(story, store);
        } catch (CheckpointException e) {
            assertNamed(e);
        }
        store.hook(FaultHook.NONE);
        end(one.end(), store, story);
        story.taker = (session, random, step) -> step.run(story, session, random);
        one.scenario().play(story, store);
        story.open(store).close();
        return hasFailed[0];
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATE", "WRITE", "FORCE", "RENAME", "MAKE_FOLDER", "FORCE_FOLDER"})
    void aStepThatFindsTheDiskFullWorksAsSoonAsThereIsSpace(Operation full) throws IOException {
        for (Scenario scenario : SCENARIOS) {
            Story calm = new Story(1, BATCH);
            scenario.play(calm, new SimulatedFileStore());
            boolean hasBeenFull = true;
            for (long from = 1; hasBeenFull; from++) {
                hasBeenFull = fill(full, from, scenario, calm.appended.size());
            }
        }
    }

    private static boolean fill(Operation full, long from, Scenario scenario, int frames) {
        SimulatedFileStore store = new SimulatedFileStore();
        Story story = new Story(1, BATCH);
        int[] refusals = new int[1];
        try {
            store.hook(FaultHook.failFrom(full, from, true, "No space left on device"));
            story.taker = (session, random, step) -> {
                try {
                    step.run(story, session, random);
                } catch (DiskFullException e) {
                    refusals[0]++;
                    store.hook(FaultHook.NONE);
                    if (step != Story.CLOSE) {
                        step.run(story, session, random);
                    }
                }
            };
            try {
                scenario.play(story, store);
            } catch (DiskFullException e) {
                refusals[0]++;
                store.hook(FaultHook.NONE);
                scenario.play(story, store);
            }
            assertEquals(frames, story.appended.size());
            store.crash(CrashProfile.NONE, new SplittableRandom(1));
            story.open(store).close();
        } catch (Throwable e) {
            throw new AssertionError(
                    "full from the " + from + ". " + full + " on, scenario " + SCENARIOS.indexOf(scenario), e);
        }
        return refusals[0] > 0;
    }

    /** A step that fails is left out, unless it is the end of the journal or of the ownership. */
    private static void goOn(Story.Session session, RandomGenerator random, Story.Step step, Story story)
            throws IOException {
        try {
            step.run(story, session, random);
        } catch (JournalFailedException | FencedException e) {
            closeAfter(session);
            throw e;
        } catch (CheckpointException e) {
            assertNamed(e);
        }
    }

    private static void closeAfter(Story.Session session) throws IOException {
        try {
            session.close();
        } catch (CheckpointException e) {
            assertNamed(e);
        }
    }

    private static void assertNamed(CheckpointException e) {
        assertTrue(e.getMessage().startsWith(e.code() + ": "), e::getMessage);
        assertFalse(e instanceof CorruptFileException, e::getMessage);
    }

    private static void end(End end, SimulatedFileStore store, Story story) {
        switch (end) {
            case STARTED_AGAIN -> store.hook(FaultHook.NONE);
            case KILLED -> store.kill();
            case POWER_CUT -> store.crash(CrashProfile.NONE, new SplittableRandom(1));
            default -> store.crash(CrashProfile.REORDERED, new SplittableRandom(story.appended.size()));
        }
    }
}
