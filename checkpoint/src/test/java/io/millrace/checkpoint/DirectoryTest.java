package io.millrace.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.checkpoint.file.CheckpointDirectory;
import io.millrace.checkpoint.file.CheckpointException;
import io.millrace.checkpoint.file.CorruptFileException;
import io.millrace.checkpoint.file.DiskFileStore;
import io.millrace.checkpoint.file.FencedException;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.journal.JournalConfig;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import io.millrace.checkpoint.snapshot.Manifest;
import io.millrace.checkpoint.tool.DirectoryCheck;
import io.millrace.checkpoint.tool.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who may have a directory, and the same story on this machine's disk. */
class DirectoryTest {

    private static final JournalConfig BATCH = JournalConfig.batchLog(6000);

    private final List<String> warnings = new ArrayList<>();

    @TempDir
    Path folder;

    private CheckpointDirectory open(FileStore store, long seed) throws IOException {
        return Story.directory(store, seed, warnings);
    }

    @Test
    void theScenarioRunsOnTheDiskAndIsFoundAgain() throws IOException {
        Story story = new Story(1, BATCH);
        Path path = folder.resolve("checkpoint");
        story.scenario(new DiskFileStore(path));
        story.scenario(new DiskFileStore(path));
        story.open(new DiskFileStore(path)).close();
        assertEquals(List.of(), DirectoryCheck.verify(new DiskFileStore(path)));
    }

    @Test
    void randomLivesOnTheDiskAreFoundAgain() throws IOException {
        RandomGenerator random = new SplittableRandom(8);
        Story story = new Story(8, BATCH);
        for (int life = 0; life < 5; life++) {
            try (Story.Session session = story.open(new DiskFileStore(folder.resolve("lives")))) {
                story.steps(session, random, 40);
            }
            story.acknowledged = story.appended.size();
        }
    }

    @Test
    void aSecondContextOfThisProcessIsRefusedByAnyPath() throws IOException {
        Path path = folder.resolve("one");
        CheckpointDirectory first = open(new DiskFileStore(path), 1);
        Path other = folder.resolve("x").resolve("..").resolve("one");
        CheckpointException refusal = assertThrows(CheckpointException.class, () -> open(new DiskFileStore(other), 2));
        assertEquals("MR-1001", refusal.code());
        assertTrue(refusal.getMessage().contains("process 4242 (owner epoch 1)"), refusal::getMessage);
        first.requireOwner();
        first.close();
        try (CheckpointDirectory second = open(new DiskFileStore(path), 3)) {
            assertEquals(2, second.ownerEpoch());
        }
    }

    @Test
    void aSecondProcessIsRefused() throws Exception {
        Path path = folder.resolve("two");
        try (CheckpointDirectory first = open(new DiskFileStore(path), 1)) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            OtherProcess.class.getName(),
                            path.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes());
            process.waitFor();
            assertTrue(output.contains("MR-1001"), output);
            first.requireOwner();
        }
    }

    /** Opens a directory and says how it went. */
    static final class OtherProcess {
        public static void main(String[] args) {
            try {
                Story.directory(new DiskFileStore(Path.of(args[0])), 5, new ArrayList<>());
                System.out.println("opened");
            } catch (IOException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void anOwnerWhoseDirectoryWasTakenOverIsFenced() throws IOException {
        SimulatedFileStore store = new SimulatedFileStore();
        CheckpointDirectory first = open(store, 1);
        SimulatedFileStore later = store.copy();
        open(later, 2).close();
        byte[] owner = later.bytes(CheckpointDirectory.OWNER);
        store.delete(CheckpointDirectory.OWNER);
        assertThrows(FencedException.class, first::requireOwner);
        try (var file = store.create(CheckpointDirectory.OWNER)) {
            file.write(0, java.nio.ByteBuffer.wrap(owner));
        }
        FencedException fenced = assertThrows(FencedException.class, first::requireOwner);
        assertEquals("MR-1002", fenced.code());
        assertTrue(fenced.getMessage().contains("owner epoch 2"), fenced::getMessage);
    }

    @Test
    void anOwnerThatLostItsLockChangesNothingOfTheNextOne() throws IOException {
        SimulatedFileStore store = new SimulatedFileStore();
        Story one = new Story(1, BATCH);
        Story.Session first = one.open(store);
        one.append(first, new SplittableRandom(1));
        one.manifest(first);
        store.loseLocks();
        Story other = new Story(2, BATCH);
        other.appended.addAll(one.appended);
        other.acknowledged = one.acknowledged;
        Story.Session second = other.open(store);
        other.append(second, new SplittableRandom(2));
        other.force(second);
        List<String> files = store.files();
        assertThrows(FencedException.class, first.directory::requireOwner);
        assertThrows(FencedException.class, () -> first.journal.roll());
        assertThrows(FencedException.class, () -> first.journal.prepareNext());
        assertThrows(
                FencedException.class,
                () -> first.manifests.write(Manifest.builder().build()));
        assertEquals(files, store.files());
        other.manifest(second);
        other.append(second, new SplittableRandom(3));
        other.force(second);
        second.close();
        other.open(store).close();
        assertEquals(3, other.appended.size());
    }

    @Test
    void anOwnerThatWasKilledLeavesNothingThatAStartWaitsForAlthoughItsNumberIsThatOfThisProcess() throws IOException {
        SimulatedFileStore store = new SimulatedFileStore();
        open(store, 1);
        assertThrows(CheckpointException.class, () -> open(store, 1));
        store.kill();
        assertEquals(2, open(store, 1).ownerEpoch());
        store.kill();
        store.delete(CheckpointDirectory.OWNER);
        store.create(CheckpointDirectory.OWNER).close();
        assertTrue(open(store, 1).ownerEpoch() >= 1);
    }

    @Test
    void livesOfTheSameMillisecondHaveNoNameInCommon() throws IOException {
        SimulatedFileStore store = new SimulatedFileStore();
        Story story = new Story(1, BATCH);
        for (int life = 1; life <= 5; life++) {
            List<String> before = store.files();
            try (Story.Session session = story.open(store)) {
                story.append(session, new SplittableRandom(life));
                story.manifest(session);
                List<String> added = new ArrayList<>(store.files());
                added.removeAll(before);
                assertTrue(added.size() >= 3, "a segment, a state file and a manifest of its own: " + added);
            }
        }
        story.open(store).close();
        assertEquals(5, story.appended.size());
    }

    @Test
    void aDirectoryThatOthersMayWriteOrTurnIsRefused() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxr-x"));
        CheckpointException writable = assertThrows(CheckpointException.class, () -> open(new DiskFileStore(open), 1));
        assertEquals("MR-1701", writable.code());
        Path real = folder.resolve("real");
        new DiskFileStore(real);
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);
        CheckpointException linked = assertThrows(CheckpointException.class, () -> open(new DiskFileStore(link), 1));
        assertEquals("MR-1701", linked.code());
        open(new DiskFileStore(real), 1).close();
    }

    @Test
    void aFileOfAnotherDirectoryIsRefused() throws IOException {
        Story one = new Story(1, BATCH);
        one.scenario(new DiskFileStore(folder.resolve("a")));
        new Story(2, BATCH).scenario(new DiskFileStore(folder.resolve("b")));
        String[] segments = folder.resolve("a/batch").toFile().list();
        java.util.Arrays.sort(segments);
        String last = segments[segments.length - 1];
        Path foreign = Stream.of(folder.resolve("b/batch").toFile().listFiles())
                .map(java.io.File::toPath)
                .findFirst()
                .orElseThrow();
        Files.copy(foreign, folder.resolve("a/batch").resolve(last), StandardCopyOption.REPLACE_EXISTING);
        CorruptFileException refusal =
                assertThrows(CorruptFileException.class, () -> one.open(new DiskFileStore(folder.resolve("a"))));
        assertEquals("MR-1106", refusal.code());
        assertEquals("batch/" + last, refusal.file());
    }

    @Test
    void anEpochIsNeverUsedAgainAlthoughOwnerIsLost() throws IOException {
        SimulatedFileStore store = new SimulatedFileStore();
        Story story = new Story(1, BATCH);
        story.scenario(store);
        story.open(store).close();
        store.delete(CheckpointDirectory.OWNER);
        try (CheckpointDirectory directory = open(store, 9)) {
            assertEquals(3, directory.ownerEpoch());
            assertTrue(warnings.get(0).contains("behind epoch 2"), warnings::toString);
        }
    }

    @Test
    void aFolderWithOtherFilesIsNotTakenForANewDirectory() throws IOException {
        Files.writeString(folder.resolve("notes"), "mine");
        CheckpointException refusal = assertThrows(CheckpointException.class, () -> open(new DiskFileStore(folder), 1));
        assertTrue(refusal.getMessage().contains("which holds notes"), refusal::getMessage);
    }

    @Test
    void whatCannotBeLookedAtIsNotTakenForMissing() throws IOException {
        DiskFileStore store = new DiskFileStore(folder.resolve("one"));
        String tooLong = "a".repeat(300);
        CheckpointException exists = assertThrows(CheckpointException.class, () -> store.exists(tooLong));
        assertEquals("MR-1203", exists.code());
        CheckpointException list = assertThrows(CheckpointException.class, () -> store.list(tooLong));
        assertTrue(list.getMessage().contains("listing of '" + tooLong + "'"), list::getMessage);
        assertFalse(store.exists("a"));
        assertEquals(List.of(), store.list("a"));
    }

    @Test
    void namesCannotLeaveTheDirectory() {
        for (String name : List.of("../a", "/a", "a/../b", "a//b", "a/", ".", "a b", "a\\b")) {
            assertThrows(IllegalArgumentException.class, () -> FileStore.requireName(name), name);
        }
        assertEquals("wal/0/seg-01.mrw", FileStore.requireName("wal/0/seg-01.mrw"));
    }

    @Test
    void noFileIsEverMappedForWriting() throws IOException {
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(source);
                assertFalse(text.contains("READ_WRITE") || text.contains("MapMode.PRIVATE"), source::toString);
                assertFalse(text.contains("mapNewFile") || text.contains("mapExistingFile"), source::toString);
            }
        }
    }

    @Test
    void theCheckNamesWhatIsDamagedAndTheDumpPrintsTheFrames() throws IOException {
        SimulatedFileStore store = new SimulatedFileStore();
        new Story(1, BATCH).scenario(store);
        assertEquals(List.of(), DirectoryCheck.verify(store));
        String state = "state/0/" + store.list("state/0").get(0);
        store.flipBit(state, 4150, 2);
        store.flipBit(CheckpointDirectory.OWNER, 80, 2);
        List<String> found =
                DirectoryCheck.verify(store).stream().map(Finding::file).toList();
        assertEquals(List.of(CheckpointDirectory.OWNER, state), found);
        List<String> lines = new ArrayList<>();
        String segment = "batch/" + store.list("batch").get(0);
        DirectoryCheck.dump(store, segment, lines::add);
        assertTrue(lines.get(0).startsWith(segment + " FileHeader[kind=BATCH_LOG"), lines::toString);
        assertTrue(lines.get(1).startsWith("offset 4096: frame "), lines::toString);
        assertTrue(lines.get(lines.size() - 1).startsWith("end: "), lines::toString);
    }
}
