package io.millrace.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.CheckpointException;
import io.millrace.checkpoint.file.CorruptFileException;
import io.millrace.checkpoint.file.FileHeader;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.simulation.CrashProfile;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Damage to a small reference directory: all is recovered, or the damaged file is named; nothing is lost in silence. */
class BitFlipTest {

    private static final JournalConfig BATCH = JournalConfig.batchLog(5000);

    /** A directory, and what must be found in it. */
    record Reference(SimulatedFileStore store, List<byte[]> payloads, JournalConfig config) {
        Story reader() {
            Story story = new Story(77, config);
            story.appended.addAll(payloads);
            story.acknowledged = payloads.size();
            return story;
        }
    }

    static Reference reference(boolean isClosed) throws IOException {
        SimulatedFileStore store = new SimulatedFileStore();
        Story story = new Story(5, BATCH);
        RandomGenerator random = new SplittableRandom(5);
        Story.Session session = story.open(store);
        story.append(session, random);
        story.force(session);
        story.manifest(session);
        for (int i = 0; i < 4; i++) {
            story.append(session, random);
            story.force(session);
        }
        story.manifest(session);
        for (int i = 0; i < 4; i++) {
            story.append(session, random);
            story.append(session, random);
            story.force(session);
        }
        if (isClosed) {
            session.close();
        } else {
            store.crash(CrashProfile.ALL, random);
        }
        return new Reference(store, List.copyOf(story.appended), BATCH);
    }

    @Test
    void everyBitFlippedAfterACleanEndIsHarmlessOrNamed() throws IOException {
        flipEveryBit(reference(true));
    }

    @Test
    void everyBitFlippedAfterTheProcessDiedIsHarmlessOrNamed() throws IOException {
        flipEveryBit(reference(false));
    }

    private static void flipEveryBit(Reference reference) throws IOException {
        int refused = 0;
        for (String name : reference.store().files()) {
            if (name.equals(CheckpointDirectory.RESERVE)) {
                continue;
            }
            int length = reference.store().bytes(name).length;
            for (int offset = 0; offset < length; offset++) {
                // Between the used header and the first frame all bits are treated alike: one in each byte is enough.
                boolean isUsed = offset < FileHeader.USED_BYTES || offset >= FileHeader.LENGTH;
                for (int bit = isUsed ? 0 : offset % 8; bit < 8; bit += isUsed ? 1 : 8) {
                    refused += flip(reference, name, offset, bit) ? 1 : 0;
                }
            }
        }
        assertTrue(refused > 10_000, "refused " + refused + " times");
    }

    private static boolean flip(Reference reference, String name, int offset, int bit) {
        SimulatedFileStore store = reference.store().copy();
        store.flipBit(name, offset, bit);
        Story reader = reference.reader();
        try {
            reader.open(store).close();
            return false;
        } catch (CorruptFileException e) {
            assertEquals(name, e.file(), () -> "flipped bit " + bit + " at " + offset + ": " + e.getMessage());
            assertTrue(e.offset() >= 0 && e.offset() <= offset, e::getMessage);
            assertTrue(e.getMessage().contains(name) && e.getMessage().contains("offset " + e.offset()), e::getMessage);
            return true;
        } catch (IOException | AssertionError e) {
            throw new AssertionError("flipped bit " + bit + " of " + name + " at " + offset, e);
        }
    }

    @Test
    void everyFileThatIsDeletedOrEmptiedIsNamedOrNotNeeded() throws IOException {
        for (boolean isClosed : new boolean[] {true, false}) {
            Reference reference = reference(isClosed);
            for (String name : reference.store().files()) {
                lose(reference, name, false);
                lose(reference, name, true);
            }
        }
    }

    private static void lose(Reference reference, String name, boolean isEmptied) throws IOException {
        SimulatedFileStore store = reference.store().copy();
        store.delete(name);
        if (isEmptied) {
            store.create(name).close();
        }
        try {
            reference.reader().open(store).close();
        } catch (CheckpointException e) {
            assertTrue(e.getMessage().contains(name), e::getMessage);
        } catch (AssertionError e) {
            throw new AssertionError(name + (isEmptied ? " emptied" : " deleted"), e);
        }
    }

    @Test
    void aDirectoryWhoseManifestsAreAllDamagedIsRefusedWithEachOfThem() throws IOException {
        SimulatedFileStore store = reference(true).store().copy();
        List<String> manifests = new ArrayList<>();
        for (String name : store.files()) {
            if (name.startsWith("meta/")) {
                manifests.add(name);
                store.flipBit(name, 4200, 1);
            }
        }
        assertEquals(2, manifests.size());
        CheckpointException refusal = org.junit.jupiter.api.Assertions.assertThrows(
                CheckpointException.class, () -> new Story(9, BATCH).open(store));
        assertEquals(CheckpointException.NO_VALID_MANIFEST, refusal.code());
        manifests.forEach(name -> assertTrue(refusal.getMessage().contains("'" + name + "' at offset 4096")));
    }

    @Test
    void anOlderManifestIsUsedWithAWarningWhenTheNewestIsDamaged() throws IOException {
        Reference reference = reference(true);
        SimulatedFileStore store = reference.store().copy();
        store.flipBit("meta/manifest-0000000000000002.mrm", 4100, 3);
        Story reader = reference.reader();
        reader.open(store).close();
        assertTrue(reader.warnings.get(0).startsWith("manifest 1 is used"), () -> reader.warnings.toString());
    }
}
