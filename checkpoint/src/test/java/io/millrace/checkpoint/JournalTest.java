package io.millrace.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.CorruptFileException;
import io.millrace.checkpoint.file.DirectoryConfig;
import io.millrace.checkpoint.file.DiskFullException;
import io.millrace.checkpoint.file.Durability;
import io.millrace.checkpoint.file.FileHeader;
import io.millrace.checkpoint.file.StoreFile;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalFailedException;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.simulation.CrashProfile;
import io.millrace.checkpoint.simulation.FaultHook;
import io.millrace.checkpoint.simulation.ForceFailure;
import io.millrace.checkpoint.simulation.Operation;
import io.millrace.checkpoint.simulation.SimulatedCrash;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a journal promises, one case at a time. */
class JournalTest {

    private static final JournalConfig RECEIVED = JournalConfig.receivedLog(3, 8192);
    private static final String FIRST = "wal/3/seg-0000000000000001.mrw";

    private final SimulatedFileStore store = new SimulatedFileStore();
    private final Story story = new Story(11, RECEIVED);
    private final RandomGenerator random = new SplittableRandom(11);

    @ParameterizedTest
    @EnumSource
    void aFailedForceIsNeverTriedAgainOnTheSameFile(ForceFailure failure) throws IOException {
        Story.Session session = story.open(store);
        story.append(session, random);
        story.force(session);
        story.append(session, random);
        story.append(session, random);
        store.forceFailure(failure);
        List<String> forced = new ArrayList<>();
        store.hook((number, operation, name) -> {
            if (operation == Operation.FORCE) {
                forced.add(name);
                if (forced.size() == 1) {
                    throw new IOException("Input/output error");
                }
            }
        });
        story.force(session);
        story.append(session, random);
        story.force(session);
        assertEquals(FIRST, forced.get(0));
        assertFalse(forced.subList(1, forced.size()).contains(FIRST), forced::toString);
        store.crash(CrashProfile.NONE, random);
        story.open(store).close();
        assertEquals(4, story.appended.size());
    }

    @Test
    void aJournalThatCannotForceTheSecondFileEitherFailsAndLosesNothingAcknowledged() throws IOException {
        Story.Session session = story.open(store);
        story.append(session, random);
        story.force(session);
        story.append(session, random);
        store.hook(FaultHook.failEvery(Operation.FORCE));
        assertThrows(JournalFailedException.class, () -> story.force(session));
        assertThrows(JournalFailedException.class, () -> session.journal.force());
        store.crash(CrashProfile.NONE, random);
        story.open(store).close();
        assertEquals(1, story.appended.size());
    }

    @Test
    void workResumesWhenAFullDiskHasSpaceAgain() throws IOException {
        Story.Session session = story.open(store);
        store.leave(0);
        DiskFullException full = assertThrows(DiskFullException.class, () -> {
            while (true) {
                story.append(session, random);
                story.force(session);
            }
        });
        assertTrue(full.getMessage().startsWith("MR-1202: write of 'wal/3/seg-"), full::getMessage);
        assertThrows(DiskFullException.class, () -> session.journal.prepareNext());
        assertTrue(session.directory.releaseReserve());
        assertFalse(session.directory.releaseReserve());
        store.leave(0);
        assertFalse(session.directory.rebuildReserve());
        store.budget(Long.MAX_VALUE);
        assertTrue(session.directory.rebuildReserve());
        story.append(session, random);
        story.force(session);
        store.crash(CrashProfile.NONE, random);
        story.open(store).close();
    }

    @Test
    void aBatchThatAFullDiskCutIsFinishedOnceThereIsSpaceAndAManifestFitsInTheReserve() throws IOException {
        story.directoryConfig = new DirectoryConfig(Durability.FSYNC, 256 << 10);
        Story.Session session = story.open(store);
        story.manifest(session);
        store.leave(100);
        assertThrows(DiskFullException.class, () -> appendFor(session, 100));
        int partly = story.appended.size();
        assertTrue(partly > 0 && partly < 100);
        assertThrows(DiskFullException.class, () -> story.manifest(session));
        assertTrue(session.directory.releaseReserve());
        for (int i = 0; i < 4; i++) {
            session.journal.roll();
            story.manifest(session);
        }
        assertTrue(store.list("wal/3").size() <= 4, "retention has made room: " + store.list("wal/3"));
        assertFalse(session.directory.rebuildReserve());
        store.budget(Long.MAX_VALUE);
        assertTrue(session.directory.rebuildReserve());
        appendFor(session, 100 - partly);
        story.force(session);
        store.crash(CrashProfile.NONE, random);
        story.open(store).close();
        assertEquals(100, story.appended.size());
    }

    private void appendFor(Story.Session session, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            story.append(session, random);
        }
    }

    @Test
    void aDirectoryOnAFullDiskIsOpenedFromItsReserve() throws IOException {
        story.open(store).close();
        store.leave(0);
        try (CheckpointDirectory opened = Story.directory(store, 3, story.warnings)) {
            assertEquals(2, opened.ownerEpoch());
            assertTrue(opened.releaseReserve());
        }
        store.leave(0);
        assertThrows(DiskFullException.class, () -> Story.directory(store, 4, story.warnings));
        store.budget(Long.MAX_VALUE);
        story.open(store).close();
    }

    @Test
    void aTornTailIsDroppedAndSetAside() throws IOException {
        Story.Session session = story.open(store);
        story.append(session, random);
        story.force(session);
        long end = session.journal.durablePosition().offset();
        store.crash(CrashProfile.NONE, random);
        try (StoreFile file = store.open(FIRST)) {
            file.write(end, ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
        story.open(store).close();
        assertTrue(story.warnings.get(0).startsWith("3 bytes that were never acknowledged"), story.warnings::toString);
        assertTrue(store.files().stream().anyMatch(name -> name.startsWith("quarantine/") && name.contains("-torn-")));
    }

    @Test
    void aDamagedFrameThatWasForcedIsRefusedWithFileOffsetAndBothChecksums() throws IOException {
        Story.Session session = story.open(store);
        story.append(session, random);
        story.force(session);
        store.crash(CrashProfile.ALL, random);
        store.flipBit(FIRST, FileHeader.LENGTH + 40, 0);
        CorruptFileException refusal = assertThrows(CorruptFileException.class, () -> story.open(store));
        assertEquals("MR-1101", refusal.code());
        assertEquals(FIRST, refusal.file());
        assertEquals(FileHeader.LENGTH, refusal.offset());
        assertTrue(refusal.expectedChecksum() >= 0 && refusal.expectedChecksum() != refusal.actualChecksum());
        assertTrue(refusal.getMessage().contains("was durable up to"), refusal::getMessage);
    }

    @Test
    void aMissingSegmentIsNamed() throws IOException {
        Story.Session session = story.open(store);
        for (int i = 0; i < 3; i++) {
            story.append(session, random);
            story.roll(session);
        }
        session.close();
        for (int sequence = 1; sequence <= 4; sequence++) {
            SimulatedFileStore damaged = store.copy();
            String name = String.format("wal/3/seg-%016x.mrw", sequence);
            damaged.delete(name);
            CorruptFileException refusal = assertThrows(CorruptFileException.class, () -> story.open(damaged));
            assertEquals("MR-1105", refusal.code());
            assertEquals(name, refusal.file());
        }
    }

    @Test
    void aFrameCopiedToAnotherPlaceIsNoFrame() throws IOException {
        Story.Session session = story.open(store);
        story.append(session, random);
        story.force(session);
        long end = session.journal.durablePosition().offset();
        store.crash(CrashProfile.ALL, random);
        byte[] bytes = store.bytes(FIRST);
        try (StoreFile file = store.open(FIRST)) {
            file.write(end, ByteBuffer.wrap(bytes, FileHeader.LENGTH, (int) end - FileHeader.LENGTH));
        }
        story.open(store).close();
        assertEquals(1, story.appended.size());
    }

    @Test
    void aFrameLargerThanASegmentGetsASegmentOfItsOwn() throws IOException {
        Story.Session session = story.open(store);
        byte[] large = new byte[100_000];
        random.nextBytes(large);
        story.append(session, random);
        story.appended.add(large);
        JournalPosition position = session.journal.append(7, 1, new UnsafeBuffer(large), 0, large.length);
        assertEquals(new JournalPosition(2, FileHeader.LENGTH), position);
        assertTrue(position.compareTo(session.journal.durablePosition()) >= 0);
        story.force(session);
        assertTrue(position.compareTo(session.journal.durablePosition()) < 0);
        story.append(session, random);
        session.close();
        story.open(store).close();
        assertEquals(3, story.appended.size());
    }

    @Test
    void aFrameBeforeTheStartOfAManifestIsNotFoundBehindItAlthoughMarkAndSealWereLost() throws IOException {
        Story.Session session = story.open(store);
        story.append(session, random);
        store.hook((number, operation, name) -> {
            if (operation == Operation.WRITE && name.equals(FIRST)) {
                throw new IOException("Input/output error");
            }
        });
        story.roll(session);
        store.hook(FaultHook.NONE);
        story.manifest(session);
        for (int life = 0; life < 3; life++) {
            store.crash(CrashProfile.NONE, random);
            story.open(store);
            assertEquals(1, story.appended.size());
        }
    }

    @Test
    void framesAreNeverAppendedBeforeTheStartOfAManifest() throws IOException {
        Story.Session session = story.open(store);
        story.append(session, random);
        story.force(session);
        session.journal.roll();
        session.journal.roll();
        story.manifest(session);
        store.crash(CrashProfile.NONE, random);
        for (int life = 1; life <= 3; life++) {
            Story.Session next = story.open(store);
            story.append(next, random);
            story.force(next);
            store.crash(CrashProfile.NONE, random);
        }
        assertEquals(4, story.appended.size());
        story.open(store).close();
    }

    @Test
    void unusedSegmentsAreDeletedFromTheLastOn() throws IOException {
        Story.Session session = story.open(store);
        story.append(session, random);
        story.force(session);
        session.journal.roll();
        session.journal.roll();
        session.journal.prepareNext();
        store.crash(CrashProfile.ALL, random);
        SimulatedFileStore before = store.copy();
        for (int seed = 0; seed < 100; seed++) {
            SimulatedFileStore copy = before.copy();
            copy.hook(FaultHook.crashAt(20 + seed % 25));
            try {
                story.open(copy).close();
            } catch (SimulatedCrash e) {
                copy.crash(CrashProfile.REORDERED, new SplittableRandom(seed));
            }
            copy.hook(FaultHook.NONE);
            story.open(copy).close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatAStartHasReadOutlivesAPowerCutAlthoughItWasNeverForced(ForceFailure failure) throws IOException {
        Story.Session session = story.open(store);
        story.append(session, random);
        story.force(session);
        story.append(session, random);
        store.forceFailure(failure);
        store.hook(FaultHook.failEvery(Operation.FORCE));
        assertThrows(JournalFailedException.class, () -> story.force(session));
        store.kill();
        story.open(store);
        store.crash(CrashProfile.NONE, random);
        story.open(store).close();
        assertTrue(story.appended.size() >= 1);
    }

    @Test
    void shortWritesHaveNoEffect() throws IOException {
        store.shortWrites(3);
        Story.Session session = story.open(store);
        story.append(session, random);
        story.manifest(session);
        story.append(session, random);
        session.close();
        story.open(store).close();
        assertEquals(2, story.appended.size());
    }

    @Test
    void aReadErrorInRecoveryIsNamedAndTheNextStartWorks() throws IOException {
        story.scenario(store);
        SimulatedFileStore failing = store.copy();
        failing.hook((number, operation, name) -> {
            if (operation == Operation.READ && name.startsWith("wal/")) {
                throw new IOException("Input/output error");
            }
        });
        IOException refusal = assertThrows(IOException.class, () -> story.open(failing));
        assertTrue(refusal.getMessage().startsWith("MR-1203: "), refusal::getMessage);
        assertTrue(refusal.getMessage().contains("wal/3/seg-"), refusal::getMessage);
        failing.hook(FaultHook.NONE);
        story.open(failing).close();
    }

    @Test
    void segmentsBeforeTheOldestManifestAreDeleted() throws IOException {
        Story.Session session = story.open(store);
        for (int i = 0; i < 6; i++) {
            story.append(session, random);
            story.manifest(session);
            session.journal.roll();
        }
        List<String> segments = store.list("wal/3");
        assertEquals("seg-0000000000000004.mrw", segments.get(0));
        assertEquals(3, store.list("meta").size());
        assertEquals(3, store.list("state/0").size());
        session.close();
        story.open(store).close();
    }

    @Test
    void whatNobodyRefersToIsSetAsideAtTheStartAndDeletedOneLater() throws IOException {
        Story.Session session = story.open(store);
        story.append(session, random);
        story.manifest(session);
        session.close();
        try (StoreFile file = store.create("state/0/full-00000000000000ff-1.mrs")) {
            file.write(0, ByteBuffer.wrap(new byte[10]));
        }
        store.create("state/0/full-00000000000000fe-1.mrs.tmp").close();
        story.open(store).close();
        assertEquals(1, store.list("state/0").size());
        assertEquals(1, store.list(CheckpointDirectory.QUARANTINE).size());
        story.open(store).close();
        story.open(store).close();
        assertEquals(0, store.list(CheckpointDirectory.QUARANTINE).size());
    }
}
