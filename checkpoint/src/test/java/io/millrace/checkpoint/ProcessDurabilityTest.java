package io.millrace.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.checkpoint.file.CheckpointException;
import io.millrace.checkpoint.file.CorruptFileException;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalFailedException;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.simulation.FaultHook;
import io.millrace.checkpoint.simulation.ForceFailure;
import io.millrace.checkpoint.simulation.Operation;
import io.millrace.checkpoint.simulation.SimulatedCrash;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import java.io.IOException;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a directory promises whose forces do not reach the disk: acknowledged frames outlive the process, or their loss is told. */
class ProcessDurabilityTest {

    private static final JournalConfig RECEIVED = JournalConfig.receivedLog(3, 8192);
    private static final String FIRST = "wal/3/seg-0000000000000001.mrw";

    private final SimulatedFileStore store = new SimulatedFileStore();
    private final Story story = new Story(11, RECEIVED);
    private final RandomGenerator random = new SplittableRandom(11);

    @BeforeEach
    void outlivesTheProcessAlone() {
        story.directoryConfig = Story.PROCESS;
    }

    private Story.Session acknowledged() throws IOException {
        Story.Session session = story.open(store);
        for (int i = 0; i < 3; i++) {
            story.append(session, random);
            story.force(session);
        }
        return session;
    }

    @Test
    void thereIsNothingToForceInAnotherThread() throws IOException {
        Story.Session session = story.open(store);
        story.append(session, random);
        story.beginForce(session);
        assertNull(session.task);
        assertEquals(0, session.journal.unforcedBytes());
        store.kill();
        story.open(store).close();
        assertEquals(1, story.appended.size());
    }

    @Test
    void framesThatTheDiskRefusedAreReadAgainAndGoToAnotherSegment() throws IOException {
        Story.Session session = acknowledged();
        story.append(session, random);
        store.forceFailure(ForceFailure.READABLE);
        store.hook(FaultHook.failFrom(Operation.FORCE, 1, false, "Input/output error"));
        session.journal.forceToDisk();
        assertEquals(2, session.journal.durablePosition().sequence());
        story.append(session, random);
        story.force(session);
        store.kill();
        story.open(store).close();
        assertEquals(5, story.appended.size());
    }

    @Test
    void aWriteThatFailsTakesTheAcknowledgedFramesAlong() throws IOException {
        Story.Session session = acknowledged();
        JournalPosition before = session.journal.durablePosition();
        store.hook(FaultHook.failFrom(Operation.WRITE, 1, false, "Input/output error"));
        story.append(session, random);
        assertEquals(before.offset(), session.journal.durablePosition().offset());
        assertEquals(2, session.journal.durablePosition().sequence());
        store.hook(FaultHook.NONE);
        story.manifest(session);
        story.append(session, random);
        story.force(session);
        store.kill();
        story.open(store).close();
        assertEquals(5, story.appended.size());
    }

    @Test
    void framesThatAFailedForceHasTakenAwayEndTheJournalAndAreMissedAtTheNextStart() throws IOException {
        Story.Session session = acknowledged();
        store.forceFailure(ForceFailure.REVERTED);
        store.hook(FaultHook.failFrom(Operation.FORCE, 1, false, "Input/output error"));
        JournalFailedException failed = assertThrows(JournalFailedException.class, () -> session.journal.forceToDisk());
        assertTrue(failed.getMessage().contains("may be lost"), failed::getMessage);
        store.kill();
        CorruptFileException refusal = assertThrows(CorruptFileException.class, () -> story.open(store));
        assertEquals("MR-1101", refusal.code());
        assertEquals(FIRST, refusal.file());
    }

    @Test
    void framesThatBothFilesHaveLostAreMissedAtTheNextStart() throws IOException {
        for (boolean isPrepared : new boolean[] {false, true}) {
            SimulatedFileStore disk = new SimulatedFileStore();
            Story one = new Story(12, RECEIVED);
            one.directoryConfig = Story.PROCESS;
            Story.Session session = one.open(disk);
            one.append(session, random);
            one.force(session);
            if (isPrepared) {
                session.journal.prepareNext();
            }
            disk.forceFailure(ForceFailure.REVERTED);
            disk.hook(FaultHook.failEvery(Operation.FORCE));
            assertThrows(JournalFailedException.class, () -> session.journal.forceToDisk());
            disk.kill();
            assertThrows(CorruptFileException.class, () -> one.open(disk));
        }
    }

    @Test
    void acknowledgedFramesOutliveRandomLivesOrAreMissed() {
        int seeds = Integer.getInteger("millrace.checkpoint.seeds", 300);
        long first = Long.getLong("millrace.checkpoint.firstSeed", 1);
        int missed = 0;
        for (long seed = first; seed < first + seeds; seed++) {
            try {
                missed += play(seed) ? 1 : 0;
            } catch (Throwable e) {
                throw new AssertionError(
                        "seed " + seed + ": -Dmillrace.checkpoint.firstSeed=" + seed + " -Dmillrace.checkpoint.seeds=1",
                        e);
            }
        }
        assertTrue(seeds < 300 || missed > 0 && missed < seeds / 2, missed + " of " + seeds + " have lost frames");
    }

    /** Whether the story has ended with frames that are missed. */
    private static boolean play(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        SimulatedFileStore store = new SimulatedFileStore();
        Story story = new Story(seed, RECEIVED);
        story.directoryConfig = Story.PROCESS;
        boolean hasFailed = false;
        for (int life = 0; life < 6; life++) {
            store.forceFailure(ForceFailure.values()[random.nextInt(2)]);
            int last = 1 + random.nextInt(400);
            boolean[] hasDiskFailed = new boolean[1];
            store.hook((number, operation, name) -> {
                // A process that ends between a failed force and its next operation tells nobody.
                if (number >= last && !hasDiskFailed[0]) {
                    throw new SimulatedCrash("at " + number);
                }
                boolean canFail = operation == Operation.FORCE || operation == Operation.WRITE;
                if (canFail && random.nextInt(60) == 0) {
                    hasDiskFailed[0] = true;
                    throw new IOException("Input/output error");
                }
            });
            try (Story.Session session = story.open(store)) {
                story.steps(session, random, random.nextInt(60));
            } catch (JournalFailedException e) {
                hasFailed = true;
            } catch (CorruptFileException e) {
                assertTrue(hasFailed, "the journal did not say that frames were lost: " + e.getMessage());
                return true;
            } catch (SimulatedCrash e) {
                // A process that ends.
            } catch (CheckpointException e) {
                assertTrue(e.getMessage().contains("Input/output error"), e::getMessage);
            }
            store.kill();
        }
        return false;
    }
}
