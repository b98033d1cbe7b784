package io.millrace.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.checkpoint.file.DiskFileStore;
import io.millrace.checkpoint.file.DiskFullException;
import io.millrace.checkpoint.journal.ForceTask;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalFailedException;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.simulation.CrashProfile;
import io.millrace.checkpoint.simulation.FaultHook;
import io.millrace.checkpoint.simulation.ForceFailure;
import io.millrace.checkpoint.simulation.Operation;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedTransferQueue;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A force in two parts, with frames appended between them. */
class ForceTaskTest {

    private static final JournalConfig RECEIVED = JournalConfig.receivedLog(3, 8192);
    private static final String FIRST = "wal/3/seg-0000000000000001.mrw";

    private final SimulatedFileStore store = new SimulatedFileStore();
    private final Story story = new Story(11, RECEIVED);
    private final RandomGenerator random = new SplittableRandom(11);

    private Story.Session begun() throws IOException {
        Story.Session session = story.open(store);
        story.append(session, random);
        story.force(session);
        story.append(session, random);
        story.append(session, random);
        story.beginForce(session);
        return session;
    }

    /** Fail the first force of a file, and list all files that are forced. */
    private List<String> failFirstForce(String failing) {
        List<String> forced = new ArrayList<>();
        store.hook((number, operation, name) -> {
            if (operation == Operation.FORCE) {
                forced.add(name);
                if (name.equals(failing) && forced.indexOf(name) == forced.size() - 1) {
                    throw new IOException("Input/output error");
                }
            }
        });
        return forced;
    }

    @Test
    void whatWasAppendedBeforeTheTaskIsDurableOnceItIsEndedAndNothingMore() throws IOException {
        Story.Session session = begun();
        JournalPosition before = session.journal.durablePosition();
        JournalPosition reached = session.task.position();
        int unforced = session.journal.unforcedBytes();
        story.append(session, random);
        int both = session.journal.unforcedBytes();
        assertFalse(session.task.isDone());
        session.task.run();
        assertTrue(session.task.isDone());
        assertEquals(before, session.journal.durablePosition(), "nobody has taken the outcome yet");
        story.endForce(session);
        assertEquals(reached, session.journal.durablePosition());
        assertEquals(both - unforced, session.journal.unforcedBytes());
        store.crash(CrashProfile.NONE, random);
        story.open(store).close();
    }

    @Test
    void theOwnerForcesItselfWhenNobodyHasRunTheTask() throws IOException {
        Story.Session session = begun();
        List<String> forced = failFirstForce("");
        ForceTask task = session.task;
        story.endForce(session);
        task.run();
        assertEquals(List.of(FIRST), forced);
        store.crash(CrashProfile.NONE, random);
        story.open(store).close();
        assertEquals(3, story.appended.size());
    }

    @Test
    void thereIsNoTaskWhenAllIsDurable() throws IOException {
        Story.Session session = begun();
        story.endForce(session);
        assertNull(session.journal.beginForce());
    }

    @Test
    void aSecondTaskIsRefusedWhileOneIsUnderWay() throws IOException {
        Story.Session session = begun();
        IllegalStateException refusal = assertThrows(IllegalStateException.class, () -> session.journal.beginForce());
        assertTrue(refusal.getMessage().contains("'wal/3'"), refusal::getMessage);
        story.endForce(session);
        story.append(session, random);
        story.beginForce(session);
        assertNotNull(session.task);
    }

    @ParameterizedTest
    @EnumSource
    void allThatIsNotDurableGoesToAnotherSegmentWhenTheTaskFails(ForceFailure failure) throws IOException {
        Story.Session session = begun();
        store.forceFailure(failure);
        List<String> forced = failFirstForce(FIRST);
        story.append(session, random);
        session.task.run();
        story.append(session, random);
        story.endForce(session);
        assertEquals(0, session.journal.unforcedBytes());
        assertEquals(2, session.journal.durablePosition().sequence());
        assertEquals(1, forced.stream().filter(FIRST::equals).count(), forced::toString);
        story.append(session, random);
        store.crash(CrashProfile.NONE, random);
        story.open(store).close();
        assertEquals(5, story.appended.size());
    }

    @ParameterizedTest
    @EnumSource
    void whateverEndsATaskThatFailedDoesWhatItsEndWouldHaveDone(ForceFailure failure) throws IOException {
        for (Ending ending : Ending.values()) {
            SimulatedFileStore disk = new SimulatedFileStore();
            Story one = new Story(12, RECEIVED);
            Story.Session session = one.open(disk);
            one.append(session, random);
            one.beginForce(session);
            one.append(session, random);
            disk.forceFailure(failure);
            disk.hook((number, operation, name) -> {
                if (operation == Operation.FORCE && name.equals(FIRST)) {
                    throw new IOException("Input/output error");
                }
            });
            session.task.run();
            ending.end(one, session, random);
            if (ending != Ending.CLOSE) {
                one.endForce(session);
            }
            disk.crash(CrashProfile.NONE, random);
            one.open(disk).close();
            assertTrue(one.appended.size() >= 2, ending::toString);
        }
    }

    /** What ends a task but {@code endForce}. */
    private enum Ending {
        FORCE,
        ROLL,
        APPENDS_THAT_ROLL,
        CLOSE;

        void end(Story story, Story.Session session, RandomGenerator random) throws IOException {
            switch (this) {
                case FORCE -> story.force(session);
                case ROLL -> story.roll(session);
                case APPENDS_THAT_ROLL -> {
                    for (int i = 0; i < 40; i++) {
                        story.append(session, random);
                    }
                }
                case CLOSE -> {
                    session.close();
                    story.acknowledged = story.appended.size();
                }
            }
        }
    }

    @Test
    void aWriteThatFailsWhileATaskIsUnderWayLosesNothing() throws IOException {
        Story.Session session = begun();
        store.hook((number, operation, name) -> {
            if (operation == Operation.WRITE && name.equals(FIRST)) {
                throw new IOException("Input/output error");
            }
        });
        story.append(session, random);
        assertEquals(2, session.journal.durablePosition().sequence());
        story.endForce(session);
        story.force(session);
        store.crash(CrashProfile.NONE, random);
        story.open(store).close();
        assertEquals(4, story.appended.size());
    }

    @ParameterizedTest
    @EnumSource
    void aTaskThatFailedOnADiskThatIsFullIsEndedOnceThereIsSpace(ForceFailure failure) throws IOException {
        Story.Session session = begun();
        store.forceFailure(failure);
        failFirstForce(FIRST);
        session.task.run();
        store.leave(0);
        JournalPosition before = session.journal.durablePosition();
        assertThrows(DiskFullException.class, () -> story.endForce(session));
        assertThrows(DiskFullException.class, () -> story.append(session, random));
        assertThrows(DiskFullException.class, () -> story.endForce(session));
        assertEquals(before, session.journal.durablePosition());
        store.budget(Long.MAX_VALUE);
        story.append(session, random);
        story.endForce(session);
        store.crash(CrashProfile.NONE, random);
        story.open(store).close();
        assertEquals(4, story.appended.size());
    }

    @Test
    void aJournalWhoseSecondFileFailsTooFailsAtTheEndOfTheTask() throws IOException {
        Story.Session session = begun();
        store.hook(FaultHook.failEvery(Operation.FORCE));
        session.task.run();
        assertThrows(JournalFailedException.class, () -> story.endForce(session));
        assertThrows(JournalFailedException.class, () -> story.endForce(session));
        session.journal.close();
        store.crash(CrashProfile.NONE, random);
        story.open(store).close();
        assertEquals(1, story.appended.size());
    }

    @Test
    void anotherThreadForcesWhileTheOwnerAppends(@TempDir Path folder) throws Exception {
        LinkedTransferQueue<ForceTask> tasks = new LinkedTransferQueue<>();
        Thread forcing = new Thread(() -> {
            try {
                while (true) {
                    tasks.take().run();
                }
            } catch (InterruptedException e) {
                return; // The journal is closed.
            }
        });
        forcing.setDaemon(true);
        forcing.start();
        DiskFileStore disk = new DiskFileStore(folder.resolve("checkpoint"));
        int ended = 0;
        try (Story.Session session = story.open(disk)) {
            for (int i = 0; i < 2000; i++) {
                story.append(session, random);
                if (session.task == null) {
                    story.beginForce(session);
                    tasks.add(session.task);
                } else if (session.task.isDone() || random.nextInt(50) == 0) {
                    story.endForce(session);
                    ended++;
                }
            }
        }
        forcing.interrupt();
        forcing.join();
        assertTrue(ended > 2, "ended " + ended + " tasks");
        story.acknowledged = story.appended.size();
        story.open(disk).close();
        assertEquals(2000, story.appended.size());
    }
}
