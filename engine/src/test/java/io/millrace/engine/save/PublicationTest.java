package io.millrace.engine.save;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceException;
import io.millrace.engine.task.ListRows;
import io.millrace.engine.task.PartitionTask;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.Chunk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written before a COMMIT and seen after it, wherever the process ends. */
class PublicationTest {
    private static final int NEVER = Integer.MAX_VALUE;
    private static final Logger LOG = Logger.getLogger("io.millrace.engine.save");

    @TempDir
    Path dir;

    @BeforeAll
    static void expectWarnings() {
        LOG.setLevel(Level.OFF); // of what killed processes leave behind, and of what was taken away
    }

    @AfterAll
    static void expectNoMore() {
        LOG.setLevel(null);
    }

    /** A process, which may be killed. Its parts are written in two halves. */
    private static final class Life {
        private final KilledNames names;
        private final DirectoryWriter writer;

        Life(int killedAt) {
            names = new KilledNames(killedAt);
            writer = new DirectoryWriter(
                    file -> {
                        names.operation("create " + file.getFileName());
                        return PartOpener.ON_DISK.create(file);
                    },
                    names,
                    true);
        }

        StagedDirectory stage(Path path, String... records) {
            return writer.stage(path, new ListRows(List.of((Object[]) records), 2), Life::bothPartitions, this::halves);
        }

        private static void bothPartitions(PartitionTask task) {
            try {
                WorkerScratch scratch = new WorkerScratch(0);
                task.run(0, scratch);
                task.run(1, scratch);
            } catch (RuntimeException unchecked) {
                throw unchecked;
            } catch (Exception checked) {
                throw new AssertionError(checked);
            }
        }

        private PartWriter halves(Path file, int partition, WritableByteChannel out, WorkerScratch scratch) {
            return new PartWriter() {
                @Override
                public void accept(Chunk chunk) throws IOException {
                    for (int row = 0; row < chunk.rows(); row++) {
                        write("half ");
                        names.operation("write " + file.getFileName());
                        write(chunk.first().get(row) + "\n");
                    }
                }

                @Override
                public void finish() {}

                private void write(String text) throws IOException {
                    PartWriter.writeAll(out, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
                }
            };
        }
    }

    private Path out() {
        return dir.resolve("out-1000");
    }

    private Publication sealed(Life life, String... records) {
        return life.stage(out(), records).seal();
    }

    private List<String> names() throws IOException {
        return names(dir);
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }

    /** What is under the name: its records, "nothing", or "half" of something. */
    private String seen() throws IOException {
        if (!Files.exists(out())) {
            return "nothing";
        }
        if (!names(out()).equals(List.of("_SUCCESS", "part-00000", "part-00001"))) {
            return "half: " + names(out());
        }
        String all = Files.readString(out().resolve("part-00000")) + Files.readString(out().resolve("part-00001"));
        return all.replace("half ", "").replace("\n", " ").strip();
    }

    private static void assertSays(MillraceException told, String... parts) {
        for (String part : parts) {
            assertTrue(told.getMessage().contains(part), told.getMessage());
        }
    }

    /** What a checkpoint would know of the batch. */
    private static final class Log {
        private String committed;
        private boolean isDone;
    }

    /** A process that goes on where the one before it ended. */
    private Life live(Log log, boolean isEmpty, int killedAt) throws IOException {
        Life life = new Life(killedAt);
        try {
            Publication publication;
            if (log.committed == null) {
                StagedDirectory staged = isEmpty ? life.stage(out()) : life.stage(out(), "new", "rows");
                publication = isEmpty ? staged.sealNothing() : staged.seal();
                life.names.operation("commit");
                log.committed = publication == Publication.NONE ? "" : publication.describe();
            } else {
                publication = log.committed.isEmpty() ? Publication.NONE : life.writer.resume(log.committed);
            }
            publication.publish();
            log.isDone = true;
        } catch (MillraceException | IOException killed) {
            assertTrue(life.names.isDead(), killed::toString);
        }
        return life;
    }

    private void begin(boolean hasOld) throws IOException {
        for (String name : names()) {
            Directories.delete(dir.resolve(name), DirectoryNames.onDisk(false));
        }
        if (hasOld) {
            sealed(new Life(NEVER), "old", "rows").publish();
        }
    }

    private void check(Log log, boolean hasOld, boolean isEmpty, String where) throws IOException {
        String before = hasOld ? "old rows" : "nothing";
        String after = isEmpty ? "nothing" : "new rows";
        if (log.isDone) {
            assertEquals(after, seen(), where);
        } else if (log.committed == null) {
            assertEquals(before, seen(), where);
        } else {
            assertTrue(List.of(before, after, "nothing").contains(seen()), where + ": " + seen());
        }
    }

    private void killAtEachOperation(boolean hasOld, boolean isEmpty) throws IOException {
        boolean isFirstKilled = true;
        int lives = 0;
        for (int first = 0; isFirstKilled; first++) {
            boolean isSecondKilled = true;
            for (int second = 0; isSecondKilled; second++) {
                String where = "old " + hasOld + ", empty " + isEmpty + ", killed at " + first + " and " + second;
                begin(hasOld);
                Log log = new Log();
                Life one = live(log, isEmpty, first);
                isFirstKilled = one.names.isDead();
                check(log, hasOld, isEmpty, where);
                Life two = live(log, isEmpty, second);
                isSecondKilled = two.names.isDead();
                check(log, hasOld, isEmpty, where);
                live(log, isEmpty, NEVER);
                assertTrue(log.isDone, where);
                check(log, hasOld, isEmpty, where);
                assertEquals(isEmpty ? List.of() : List.of("out-1000"), names(), where);
                lives += 3;
            }
        }
        assertTrue(lives > 50, "operations to be killed at");
    }

    @Test
    void aProcessKilledAtAnyOperationLeavesOneWholeDirectoryOrNone() throws IOException {
        killAtEachOperation(false, false);
    }

    @Test
    void aProcessKilledWhileItReplacesLeavesTheOldDirectoryOrTheNewOne() throws IOException {
        killAtEachOperation(true, false);
    }

    @Test
    void aProcessKilledWhileItRemovesLeavesTheOldDirectoryOrNone() throws IOException {
        killAtEachOperation(true, true);
    }

    @Test
    void whatIsSealedOutlivesALossOfPower() throws IOException {
        Life life = new Life(NEVER);
        life.stage(dir.resolve("a/b/out-1000"), "x", "y").seal();
        assertEquals(
                List.of(
                        "make a",
                        "force " + dir.getFileName(),
                        "make b",
                        "force a",
                        "make .out-1000.millrace-batch",
                        "create part-00000",
                        "write part-00000",
                        "create part-00001",
                        "write part-00001",
                        "mark _SUCCESS",
                        "force .out-1000.millrace-batch",
                        "force b"),
                life.names.done());
    }

    @Test
    void publishingAgainDoesNothing() throws IOException {
        Publication publication = sealed(new Life(NEVER), "new", "rows");
        publication.publish();
        publication.publish();
        Files.writeString(out().resolve("read-by-somebody"), "");
        new Life(NEVER).writer.resume(publication.describe()).publish();
        assertTrue(Files.exists(out().resolve("read-by-somebody")));
        publication.discard();
        assertTrue(Files.exists(out()), "what is published is no longer to be discarded");
    }

    @Test
    void whatWasTakenAwayAfterItWasPublishedStaysAway() throws IOException {
        Publication publication = sealed(new Life(NEVER), "new", "rows");
        publication.publish();
        Files.move(out(), dir.resolve("worked-off"));
        new Life(NEVER).writer.resume(publication.describe()).publish();
        assertEquals(List.of("worked-off"), names());
    }

    @Test
    void aPlaceThatIsNotMountedIsToldRatherThanTakenForPublished() throws IOException {
        Publication publication = new Life(NEVER)
                .stage(dir.resolve("disk/out-1000"), "new", "rows")
                .seal();
        Files.move(dir.resolve("disk"), dir.resolve("unmounted"));
        MillraceException told = assertThrows(MillraceException.class, publication::publish);
        assertSays(told, "MR-1105", dir.resolve("disk") + " is not there", "mount");
        Files.move(dir.resolve("unmounted"), dir.resolve("disk"));
        publication.publish();
        assertEquals(List.of("out-1000"), names(dir.resolve("disk")));
    }

    @Test
    void somethingForeignInTheWayIsAConflictAndLeavesWhatWasWritten() throws IOException {
        String described = sealed(new Life(NEVER), "new", "rows").describe();
        Files.createDirectory(out());
        Files.writeString(out().resolve("thesis.tex"), "dear to somebody");
        Publication publication = new Life(NEVER).writer.resume(described);
        MillraceException told = assertThrows(MillraceException.class, publication::publish);
        assertSays(told, "MR-1107: " + out(), "thesis.tex", "what was written is called " + dir);
        assertEquals(List.of(".out-1000.millrace-batch", "out-1000"), names());
        Files.move(out(), dir.resolve("thesis"));
        publication.publish();
        assertEquals("new rows", seen());
    }

    @Test
    void whatAnotherRunSavedBetweenACrashAndTheNextProcessIsReplacedToo() throws IOException {
        Publication publication = sealed(new Life(NEVER), "new", "rows");
        for (Path left :
                List.of(dir.resolve(".out-1000.millrace-old"), out())) { // the first of a crash between two renames
            Files.createDirectory(left);
            Files.writeString(left.resolve("part-00000"), "old");
        }
        publication.publish();
        assertEquals("new rows", seen());
        assertEquals(List.of("out-1000"), names());
    }

    @Test
    void whatCannotGetItsNameNowGetsItLater() throws IOException {
        sealed(new Life(NEVER), "old", "rows").publish();
        Publication publication = sealed(new Life(NEVER), "new", "rows");
        DirectoryNames refusing = new KilledNames(0);
        MillraceException told = assertThrows(
                MillraceException.class,
                () -> Publications.resume(publication.describe(), refusing).publish());
        assertSays(told, "killed before", "what was there before is as it was", ".out-1000.millrace-batch");
        assertEquals("old rows", seen());
        publication.publish();
        assertEquals("new rows", seen());
    }

    @Test
    void aRemovalDoesNotRemoveWhatIsForeign() throws IOException {
        sealed(new Life(NEVER), "old", "rows").publish();
        Publication removal = new Life(NEVER).stage(out()).sealNothing();
        Files.writeString(out().resolve("thesis.tex"), "dear to somebody");
        MillraceException told = assertThrows(MillraceException.class, removal::publish);
        assertSays(told, "MR-1107: " + out(), "thesis.tex");
        assertEquals(List.of("out-1000"), names());
    }

    @Test
    void aBatchWithoutRecordsAndWithoutAnEarlierRunHasNothingToPublish() throws IOException {
        assertSame(Publication.NONE, new Life(NEVER).stage(out()).sealNothing());
        assertEquals(List.of(), names());
    }

    @Test
    void whatIsNoLongerWholeIsNotPublished() throws IOException {
        String described = sealed(new Life(NEVER), "new", "rows").describe();
        Path staged = dir.resolve(".out-1000.millrace-batch");
        Files.writeString(staged.resolve("part-00001"), "ha");
        Publication publication = new Life(NEVER).writer.resume(described);
        MillraceException told = assertThrows(MillraceException.class, publication::publish);
        assertSays(told, "MR-1105: " + staged + " has 3 files of 11 bytes, and 3 files of 19 bytes were written");
        assertEquals(List.of(".out-1000.millrace-batch"), names());
        publication.discard();
        assertEquals(List.of(), names());
    }

    @Test
    void whatIsDiscardedInAnotherProcessLeavesWhatWasThere() throws IOException {
        sealed(new Life(NEVER), "old", "rows").publish();
        String described = sealed(new Life(NEVER), "new", "rows").describe();
        new Life(NEVER).writer.resume(described).discard();
        assertEquals("old rows", seen());
        assertEquals(List.of("out-1000"), names());
    }

    @Test
    void anotherBatchAndAnActionDoNotClearAwayWhatIsNotPublished() throws IOException {
        Life life = new Life(NEVER);
        Publication first = sealed(life, "new", "rows");
        life.stage(dir.resolve("out-2000"), "later").seal().publish();
        life.writer.save(out(), true, new ListRows(List.of("by", "action"), 2), Life::bothPartitions, life::halves);
        assertEquals("by action", seen());
        first.publish();
        assertEquals("new rows", seen());
        assertEquals(List.of("out-1000", "out-2000"), names());
    }

    @Test
    void whereNoCommitIsWaitedForWhatCannotBePublishedIsDropped() throws IOException {
        Publication publication = sealed(new Life(NEVER), "new", "rows");
        Files.writeString(out(), "a file");
        MillraceException told = assertThrows(MillraceException.class, publication::publishOrDiscard);
        assertSays(told, "MR-1107", "is not a directory");
        assertEquals(List.of("out-1000"), names());
        assertFalse(Files.isDirectory(out()));
    }

    @Test
    void aPathOfAnyCharactersIsFoundAgain() throws IOException {
        Path odd = dir.resolve("a b\n12 é").resolve("out 7-1000");
        String described = new Life(NEVER).stage(odd, "x", "y").seal().describe();
        new Life(NEVER).writer.resume(described).publish();
        assertEquals(List.of("out 7-1000"), names(odd.getParent()));
        String removal = new Life(NEVER).stage(odd).sealNothing().describe();
        new Life(NEVER).writer.resume(removal).publish();
        assertEquals(List.of(), names(odd.getParent()));
    }

    @Test
    void aDescriptionThatIsNoneIsRefused() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> new Life(NEVER).writer.resume("topic 7 offsets"));
        assertTrue(refused.getMessage().contains("'topic 7 offsets'"), refused.getMessage());
    }
}
