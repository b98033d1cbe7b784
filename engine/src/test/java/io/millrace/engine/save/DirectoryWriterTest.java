package io.millrace.engine.save;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.millrace.api.MillraceException;
import io.millrace.engine.task.ListRows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.plan.OperatorId;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryWriterTest {
    private static final Path FULL = Path.of("/dev/full");
    private static final PartFormat TEXT = new TextParts(new OperatorId("saving"));

    @TempDir
    Path dir;

    private final DirectoryWriter writer = new DirectoryWriter(PartOpener.ON_DISK, true);

    private static PartitionLoop inline(int partitions) {
        return task -> {
            try {
                WorkerScratch scratch = new WorkerScratch(0);
                for (int partition = 0; partition < partitions; partition++) {
                    task.run(partition, scratch);
                }
            } catch (RuntimeException unchecked) {
                throw unchecked;
            } catch (Exception checked) {
                throw new AssertionError(checked);
            }
        };
    }

    private StagedDirectory staged(DirectoryWriter by, String name, Object... records) {
        return by.stage(dir.resolve(name), new ListRows(List.of(records), 2), inline(2), TEXT);
    }

    private void save(DirectoryWriter by, String name, boolean replaces, Object... records) {
        by.save(dir.resolve(name), replaces, new ListRows(List.of(records), 2), inline(2), TEXT);
    }

    private List<String> names() throws IOException {
        try (Stream<Path> entries = Files.list(dir)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    private String text(String file) throws IOException {
        return Files.readString(dir.resolve(file));
    }

    @Test
    void whatIsStagedIsHiddenUntilItIsPublished() throws IOException {
        try (StagedDirectory staged = staged(writer, "out", "a", "b", "c")) {
            assertEquals(List.of(".out.millrace-batch"), names());
            assertEquals(3, staged.rows());
            Publication sealed = staged.seal();
            assertEquals(List.of(".out.millrace-batch"), names());
            sealed.publish();
        }
        assertEquals(List.of("out"), names());
        assertEquals("a\n", text("out/part-00000"));
        assertEquals("b\nc\n", text("out/part-00001"));
        assertEquals("", text("out/_SUCCESS"));
    }

    @Test
    void whatIsNotSealedIsGone() throws IOException {
        StagedDirectory staged = staged(writer, "out", "a");
        staged.close();
        assertEquals(List.of(), names());
        assertThrows(IllegalStateException.class, staged::seal);
    }

    @Test
    void directoriesAboveItAreMade() throws IOException {
        save(writer, "a/b/out", false, "a", "b");
        assertEquals("b\n", text("a/b/out/part-00001"));
    }

    @Test
    void withoutLeaveToReplaceAnExistingDirectoryIsRefusedBeforeAnythingIsRead() throws IOException {
        save(writer, "out", false, "old", "old");
        MillraceException refused = assertThrows(
                MillraceException.class,
                () -> writer.save(
                        dir.resolve("out"),
                        false,
                        new ListRows(List.of(), 2),
                        task -> {
                            throw new AssertionError("read");
                        },
                        TEXT));
        assertTrue(refused.getMessage().contains("exists already"), refused.getMessage());
        assertEquals("old\n", text("out/part-00000"));
        assertEquals(List.of("out"), names());
    }

    @Test
    void aDirectoryThatAppearedMeanwhileIsNotReplacedEither() throws IOException {
        PartitionLoop slow = task -> {
            inline(2).forEachPartition(task);
            assertDoesNotThrow(() -> Files.createDirectory(dir.resolve("out")));
        };
        MillraceException told = assertThrows(
                MillraceException.class,
                () -> writer.save(dir.resolve("out"), false, new ListRows(List.of("a", "b"), 2), slow, TEXT));
        assertSays(told, "MR-1107", "exists already");
        assertEquals(List.of("out"), names());
    }

    @Test
    void aCrashBetweenTheTwoRenamesOfAReplacementIsPutRight() throws IOException {
        save(writer, "out", true, "old", "old");
        Files.move(dir.resolve("out"), dir.resolve(".out.millrace-old"));
        StagedDirectory staged = staged(writer, "out", "new", "new");
        assertEquals(List.of(".out.millrace-batch", "out"), names());
        assertEquals("old\n", text("out/part-00000"));
        staged.seal().publish();
        assertEquals(List.of("out"), names());
        assertEquals("new\n", text("out/part-00000"));
    }

    @Test
    void aFullDiskIsToldWithTheFileAndLeavesWhatWasThere() throws IOException {
        assumeTrue(Files.exists(FULL), "a device that is always full");
        save(writer, "out", true, "old", "old");
        DirectoryWriter full = new DirectoryWriter(file -> FileChannel.open(FULL, StandardOpenOption.WRITE), true);
        String large = String.join("", Collections.nCopies(100_000, "x"));
        for (String record : List.of("small", large)) {
            MillraceException told =
                    assertThrows(MillraceException.class, () -> save(full, "out", true, record, record));
            assertTrue(told.getMessage().contains(".out.millrace-new/part-00000"), told.getMessage());
            assertTrue(told.getMessage().contains("No space left"), told.getMessage());
            assertEquals(List.of("out"), names());
            assertEquals("old\n", text("out/part-00000"));
        }
    }

    @Test
    void aFileThatCannotBeMadeIsTold() throws IOException {
        DirectoryWriter forbidden = new DirectoryWriter(
                file -> {
                    throw new java.nio.file.AccessDeniedException(file.toString());
                },
                true);
        MillraceException told = assertThrows(MillraceException.class, () -> save(forbidden, "out", true, "a", "b"));
        assertTrue(told.getMessage().contains("AccessDenied"), told.getMessage());
        assertEquals(List.of(), names());
    }

    @Test
    void aLinkIsNotFollowedWhenItIsReplacedOrCleared() throws IOException {
        Path elsewhere = Files.createDirectory(dir.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("part-00000"), "kept");
        Files.createSymbolicLink(dir.resolve("out"), elsewhere);
        assertThrows(MillraceException.class, () -> save(writer, "out", true, "a", "b"));
        Files.delete(dir.resolve("out"));
        Files.createSymbolicLink(dir.resolve(".out.millrace-new"), elsewhere);
        save(writer, "out", true, "a", "b");
        assertEquals(List.of("elsewhere", "out"), names());
        assertEquals("kept", Files.readString(elsewhere.resolve("part-00000")));
    }

    /** Renaming some directories, or forcing some, fails; or does so from the second time on, which is called "again". */
    private static final class BrokenNames implements DirectoryNames {
        private final DirectoryNames onDisk = DirectoryNames.onDisk(true);
        private final Set<String> broken;
        private final Set<String> attempted = new HashSet<>();

        BrokenNames(Set<String> broken) {
            this.broken = broken;
        }

        @Override
        public void make(Path directory) throws IOException {
            onDisk.make(directory);
        }

        @Override
        public void mark(Path file) throws IOException {
            onDisk.mark(file);
        }

        @Override
        public void delete(Path entry) throws IOException {
            onDisk.delete(entry);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            attempt("rename " + from.getFileName());
            onDisk.rename(from, to);
        }

        @Override
        public void force(Path directory) throws IOException {
            attempt("force " + directory.getFileName());
            onDisk.force(directory);
        }

        private void attempt(String what) throws IOException {
            if (broken.contains(what) || !attempted.add(what) && broken.contains(what + " again")) {
                throw new IOException("no " + what);
            }
        }
    }

    private static DirectoryWriter broken(String... broken) {
        return new DirectoryWriter(PartOpener.ON_DISK, new BrokenNames(Set.of(broken)), true);
    }

    private static void assertSays(MillraceException told, String... parts) {
        for (String part : parts) {
            assertTrue(told.getMessage().contains(part), told.getMessage());
        }
    }

    @Test
    void aDirectoryThatDoesNotGetItsNameLeavesTheOldOneInItsPlace() throws IOException {
        save(writer, "out", true, "old", "old");
        DirectoryWriter unnamed = broken("rename .out.millrace-new");
        MillraceException told = assertThrows(MillraceException.class, () -> save(unnamed, "out", true, "new", "new"));
        assertSays(told, "no rename .out.millrace-new", "what was there before is as it was");
        assertEquals(List.of("out"), names());
        assertEquals("old\n", text("out/part-00000"));
    }

    @Test
    void anOldDirectoryThatCannotBePutBackIsToldByTheNameItHasAndPutBackByTheNextSave() throws IOException {
        save(writer, "out", true, "old", "old");
        DirectoryWriter stuck = broken("rename .out.millrace-new", "rename .out.millrace-old");
        MillraceException told = assertThrows(MillraceException.class, () -> save(stuck, "out", true, "new", "new"));
        assertSays(told, "no rename .out.millrace-new", "no rename .out.millrace-old");
        assertSays(told, "it is now called " + dir.resolve(".out.millrace-old"));
        assertEquals("no rename .out.millrace-new", told.getCause().getMessage());
        assertEquals(1, told.getCause().getSuppressed().length);
        assertEquals(List.of(".out.millrace-old"), names());
        staged(writer, "out", "new", "new").close();
        assertEquals(List.of("out"), names());
    }

    @Test
    void aNameThatIsGivenAndCannotBeForcedIsToldAsGiven() throws IOException {
        String later = "force " + dir.getFileName() + " again"; // the first time is that of the hidden name
        MillraceException first =
                assertThrows(MillraceException.class, () -> save(broken(later), "out", true, "a", "b"));
        assertSays(first, dir.resolve("out") + " is whole and has its name, but forcing");
        assertEquals(List.of("out"), names());
        MillraceException second =
                assertThrows(MillraceException.class, () -> save(broken(later), "out", true, "c", "d"));
        assertSays(second, "has its name", "kept as " + dir.resolve(".out.millrace-old"));
        assertEquals("c\n", text("out/part-00000"));
        assertEquals("a\n", text(".out.millrace-old/part-00000"));
        save(writer, "out", true, "e", "f");
        assertEquals(List.of("out"), names());
    }

    @Test
    void aRemovalThatCannotBeForcedIsToldAsDone() throws IOException {
        save(writer, "out", true, "old", "old");
        Publication removal =
                staged(broken("force " + dir.getFileName()), "out").sealNothing();
        assertEquals("old\n", text("out/part-00000"), "until it is published");
        MillraceException told = assertThrows(MillraceException.class, removal::publish);
        assertSays(told, dir.resolve("out") + " is removed, but forcing", ".out.millrace-old");
        assertEquals(List.of(".out.millrace-old"), names());
    }

    @Test
    void anInterruptIsNotTakenForAFullDisk() throws IOException {
        Thread.currentThread().interrupt();
        MillraceException told;
        try {
            told = assertThrows(MillraceException.class, () -> save(writer, "out", true, "a", "b"));
        } finally {
            assertTrue(Thread.interrupted(), "and stays one");
        }
        assertSays(told, "its thread was interrupted while it saved; run it again");
        assertEquals(List.of(), names());
    }
}
