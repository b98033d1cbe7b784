package io.millrace.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.CheckpointException;
import io.millrace.checkpoint.file.CorruptFileException;
import io.millrace.checkpoint.file.FileHeader;
import io.millrace.checkpoint.file.StoreFile;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.journal.JournalPosition;
import io.millrace.checkpoint.simulation.CrashProfile;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Tails, pages and whole files that are not what was written: all is recovered, or the file is named; nothing is lost in silence. */
class DamageTest {

    private static final JournalConfig RECEIVED = JournalConfig.receivedLog(3, 8192);
    private static final int PAGE_BYTES = 4096;

    private final SplittableRandom random = new SplittableRandom(21);
    private final SimulatedFileStore store = new SimulatedFileStore();
    private final Story story = new Story(21, RECEIVED);

    /** Two segments: one that is over, and one with three acknowledged frames and two more, of a process that was killed. */
    private JournalPosition killed() throws IOException {
        Story.Session session = story.open(store);
        for (int i = 0; i < 25; i++) {
            story.append(session, random);
        }
        story.roll(session);
        for (int i = 0; i < 3; i++) {
            story.append(session, random);
            story.force(session);
        }
        JournalPosition durable = session.journal.durablePosition();
        story.append(session, random);
        story.append(session, random);
        store.crash(CrashProfile.ALL, random);
        return durable;
    }

    private static String segment(long sequence) {
        return String.format("wal/3/seg-%016x.mrw", sequence);
    }

    private static void put(SimulatedFileStore store, String name, long offset, byte[] bytes) throws IOException {
        try (StoreFile file = store.open(name)) {
            file.write(offset, ByteBuffer.wrap(bytes));
            file.force(true);
        }
    }

    private static void replace(SimulatedFileStore store, String name, byte[] bytes) throws IOException {
        store.delete(name);
        try (StoreFile file = store.create(name)) {
            file.write(0, ByteBuffer.wrap(bytes));
        }
    }

    /** Start what remains; what was acknowledged must be there, and nothing that never was appended. */
    private void start(SimulatedFileStore damaged) throws IOException {
        Story reader = new Story(77, RECEIVED);
        reader.appended.addAll(story.appended);
        reader.acknowledged = story.acknowledged;
        reader.open(damaged).close();
    }

    @Test
    void aTailThatIsZeroFromAnyByteOnLosesNothingAcknowledged() throws IOException {
        JournalPosition durable = killed();
        String name = segment(durable.sequence());
        int length = store.bytes(name).length;
        for (int from = (int) durable.offset(); from < length; from++) {
            SimulatedFileStore damaged = store.copy();
            put(damaged, name, from, new byte[length - from]);
            start(damaged);
        }
    }

    @Test
    void aSegmentThatIsCutAtAnyByteIsNamedSinceItsSpaceWasDurableBeforeItsFirstFrame() throws IOException {
        JournalPosition durable = killed();
        String name = segment(durable.sequence());
        int length = store.bytes(name).length;
        for (int size = 0; size < length; size++) {
            SimulatedFileStore damaged = store.copy();
            try (StoreFile file = damaged.open(name)) {
                file.truncate(size);
            }
            CorruptFileException refusal = assertThrows(CorruptFileException.class, () -> start(damaged));
            assertEquals(name, refusal.file());
            assertEquals(size, refusal.offset(), refusal::getMessage);
        }
    }

    @Test
    void aTailOfOtherBytesOrOfAnOlderSegmentLosesNothingAcknowledgedAndAddsNothing() throws IOException {
        JournalPosition durable = killed();
        String name = segment(durable.sequence());
        byte[] older = store.bytes(segment(1));
        for (int from = (int) durable.offset(); from < older.length; from++) {
            SimulatedFileStore damaged = store.copy();
            put(damaged, name, from, Arrays.copyOfRange(older, from, older.length));
            start(damaged);
            byte[] garbage = new byte[older.length - from];
            random.nextBytes(garbage);
            damaged = store.copy();
            put(damaged, name, from, garbage);
            start(damaged);
        }
    }

    @Test
    void aHoleInATailThatWasNotForcedIsATornTail() throws IOException {
        JournalPosition durable = killed();
        String name = segment(durable.sequence());
        SimulatedFileStore damaged = store.copy();
        put(damaged, name, durable.offset(), new byte[40]);
        Story reader = new Story(77, RECEIVED);
        reader.appended.addAll(story.appended);
        reader.acknowledged = story.acknowledged;
        reader.open(damaged).close();
        assertEquals(story.acknowledged, reader.appended.size(), "the frame behind the hole does not count");
        assertTrue(reader.warnings.get(0).contains("never acknowledged"), reader.warnings::toString);
    }

    @Test
    void aFrameThatLandedInAnotherFileIsNoFrame() throws IOException {
        JournalPosition durable = killed();
        byte[] other = store.bytes(segment(1));
        int frameBytes = (int) durable.offset() - FileHeader.LENGTH;
        SimulatedFileStore damaged = store.copy();
        byte[] frames = Arrays.copyOfRange(other, FileHeader.LENGTH, FileHeader.LENGTH + frameBytes);
        put(damaged, segment(durable.sequence()), FileHeader.LENGTH, frames);
        CorruptFileException refusal = assertThrows(CorruptFileException.class, () -> start(damaged));
        assertEquals(segment(durable.sequence()), refusal.file());
        assertEquals(FileHeader.LENGTH, refusal.offset());
    }

    @Test
    void anyPageThatIsZeroedBeforeTheLastOneOfTheNewestSegmentIsNamedOrNotNeeded() throws IOException {
        JournalConfig large = JournalConfig.receivedLog(3, 30_000);
        Story whole = new Story(5, large);
        Story.Session session = whole.open(store);
        for (int i = 0; i < 300; i++) {
            whole.append(session, random);
            whole.force(session);
            if (i % 100 == 50) {
                whole.manifest(session);
            }
        }
        JournalPosition end = session.journal.durablePosition();
        String newest = segment(end.sequence());
        assertTrue(end.offset() > 2 * PAGE_BYTES, "the newest segment has pages before its last: " + end);
        store.crash(CrashProfile.ALL, random);
        BitFlipTest.Reference reference = new BitFlipTest.Reference(store, List.copyOf(whole.appended), large);
        int refused = 0;
        for (String name : store.files()) {
            // Of its last page's frames nothing is left that could say that they were there.
            long last = name.equals(newest) ? end.offset() / PAGE_BYTES * PAGE_BYTES : store.bytes(name).length;
            for (int at = 0; at < last && !name.equals(CheckpointDirectory.RESERVE); at += PAGE_BYTES) {
                SimulatedFileStore damaged = store.copy();
                put(damaged, name, at, new byte[Math.min(PAGE_BYTES, store.bytes(name).length - at)]);
                refused += isRefused(reference, damaged, List.of(name), "zeros at " + at) ? 1 : 0;
            }
        }
        assertTrue(refused > 5, "refused " + refused + " times");
    }

    /** Whether a start names one of the files; if it is none, nothing is missing. */
    private static boolean isRefused(
            BitFlipTest.Reference reference, SimulatedFileStore damaged, List<String> names, String what) {
        try {
            reference.reader().open(damaged).close();
            return false;
        } catch (CheckpointException e) {
            assertTrue(names.stream().anyMatch(e.getMessage()::contains), () -> what + " of " + names + ": " + e);
            return true;
        } catch (IOException | AssertionError e) {
            throw new AssertionError(what + " of " + names, e);
        }
    }

    @Test
    void anyTwoFilesThatAreDeletedAreNamedOrNotNeeded() throws IOException {
        int refused = 0;
        for (boolean isClosed : new boolean[] {true, false}) {
            BitFlipTest.Reference reference = BitFlipTest.reference(isClosed);
            List<String> names = reference.store().files();
            for (int i = 0; i < names.size(); i++) {
                for (int j = i + 1; j < names.size(); j++) {
                    SimulatedFileStore damaged = reference.store().copy();
                    damaged.delete(names.get(i));
                    damaged.delete(names.get(j));
                    List<String> both = List.of(names.get(i), names.get(j));
                    refused += isRefused(reference, damaged, both, "deletion") ? 1 : 0;
                }
            }
        }
        assertTrue(refused > 20, "refused " + refused + " times");
    }

    @Test
    void anyFileThatIsPutBackAsItWasBeforeTheNewestManifestIsNamedOrNotNeeded() throws IOException {
        Story.Session session = story.open(store);
        for (int i = 0; i < 6; i++) {
            story.append(session, random);
            story.force(session);
        }
        story.manifest(session);
        session.close();
        SimulatedFileStore older = store.copy();
        session = story.open(store);
        for (int i = 0; i < 30; i++) {
            story.append(session, random);
        }
        story.manifest(session);
        story.append(session, random);
        story.force(session);
        store.crash(CrashProfile.ALL, random);
        int changed = 0;
        for (String name : older.files()) {
            if (!store.files().contains(name) || Arrays.equals(older.bytes(name), store.bytes(name))) {
                continue;
            }
            changed++;
            SimulatedFileStore damaged = store.copy();
            replace(damaged, name, older.bytes(name));
            try {
                start(damaged);
            } catch (CheckpointException e) {
                assertTrue(e.getMessage().contains(name), e::getMessage);
            } catch (AssertionError e) {
                throw new AssertionError(name, e);
            }
        }
        assertTrue(changed >= 2, changed + " files");
    }

    @Test
    void filesAndFoldersThatAreNotOursAreLeftAlone() throws IOException {
        killed();
        List<String> foreign = List.of(
                "notes.txt",
                "wal/3/notes",
                "wal/3/seg-1.mrw",
                "meta/manifest-1.mrm",
                "quarantine/notes",
                "meta/old/notes");
        store.makeFolder("meta/old");
        store.makeFolder("wal/3/empty");
        for (String name : foreign) {
            store.create(name).close();
        }
        List<String> unfinished = List.of("FORMAT.tmp", segment(9) + ".tmp", "meta/manifest-0000000000000009.mrm.tmp");
        for (String name : unfinished) {
            store.create(name).close();
        }
        start(store);
        start(store);
        List<String> left = new ArrayList<>(store.files());
        assertTrue(left.containsAll(foreign), left::toString);
        left.retainAll(unfinished);
        assertEquals(List.of(), left);
    }

    @Test
    void aFolderWithoutFilesIsANewDirectory() throws IOException {
        store.makeFolder("");
        Story.Session session = story.open(store);
        assertEquals(1, session.directory.ownerEpoch());
        assertEquals(0, story.appended.size());
    }
}
