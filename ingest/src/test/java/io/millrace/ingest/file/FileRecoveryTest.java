package io.millrace.ingest.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceException;
import io.millrace.ingest.IngestRoom;
import io.millrace.ingest.UnreadableInputException;
import io.millrace.ingest.source.InputLostException;
import io.millrace.ingest.source.PulledRange;
import io.millrace.ingest.source.PulledSource;
import io.millrace.offheap.memory.Seeds;
import io.millrace.plan.source.FileContent;
import io.millrace.plan.source.FilesSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Files over a restart: the same share again, and no file twice. Batches of 2 s; the stream is defined at 12 s, and again later. */
class FileRecoveryTest {
    private static final long DEFINED_MS = 12_000;
    private static final FileStreamConfig IDENTITY = new FileStreamConfig(false, 60_000, false, 2_000);
    private static final FileStreamConfig WINDOW = new FileStreamConfig(true, 60_000, false, 2_000);
    private static final byte[] NOTHING_SAVED = null;

    @RegisterExtension
    final IngestRoom ingest = new IngestRoom();

    @TempDir
    Path directory;

    private FileRoom room;

    @BeforeEach
    void open() {
        room = new FileRoom(directory, ingest.ledger());
    }

    private FileStreamSource started(long definedMs, FileStreamConfig config, long partitionBytes, byte[] saved) {
        FilesSpec spec = new FilesSpec(directory.toString(), new FileContent.Lines(), null, true, definedMs);
        FileStreamSource source = new FileStreamSource(
                spec,
                0,
                config,
                room.reading(partitionBytes, 4096, 1 << 20),
                ingest.clock(),
                ingest.ports().events());
        if (saved != NOTHING_SAVED) {
            source.restore(saved);
        }
        source.start();
        return source;
    }

    private FileStreamSource started() {
        return started(DEFINED_MS, IDENTITY, 1 << 20, NOTHING_SAVED);
    }

    /** The program once more, an hour later. */
    private FileStreamSource restarted(byte[] saved) {
        return started(3_600_000, IDENTITY, 1 << 20, saved);
    }

    private static List<Object> pull(PulledSource source, long batchTimeMs) throws Exception {
        return FileRoom.rowsOf(source.pull(batchTimeMs));
    }

    // ---- what a ledger forgets ----

    private static FileLedger saved(PulledSource ledger) {
        return FileLedger.of(ledger.save());
    }

    private static List<String> names(FileLedger ledger) {
        return ledger.files().stream()
                .map(taken -> taken.file().path().getFileName().toString())
                .sorted()
                .toList();
    }

    @Test
    void aLedgerForgetsTheNamesThatItsSourceForgotOnceTheBatchThatTookThemIsPlanned() throws Exception {
        FileStreamSource source = started(DEFINED_MS, IDENTITY, 1 << 20, NOTHING_SAVED);
        PulledSource ledger = source.ledger();
        ledger.restore(source.save());
        room.put("a", "one\n", 13_000);
        room.put("b", "two\n", 13_000);
        byte[] first = source.pull(14_000).describe();
        Files.delete(directory.resolve("a"));
        source.pull(16_000);
        room.put("c", "three\n", 17_000);
        byte[] second = source.pull(18_000).describe();
        assertEquals(List.of(), names(saved(ledger)), "nothing is planned yet");
        ledger.markTaken(first);
        assertEquals(List.of("a", "b"), names(saved(ledger)), "the batch that misses it is not planned yet");
        ledger.markTaken(second);
        assertEquals(List.of("b", "c"), names(saved(ledger)));
    }

    @Test
    void aNameThatCameAgainIsNotForgottenByALedger() throws Exception {
        FileStreamSource source = started(DEFINED_MS, IDENTITY, 1 << 20, NOTHING_SAVED);
        PulledSource ledger = source.ledger();
        ledger.restore(source.save());
        room.put("a", "one\n", 13_000);
        byte[] first = source.pull(14_000).describe();
        Files.delete(directory.resolve("a"));
        source.pull(16_000);
        room.put("a", "another\n", 17_000);
        byte[] second = source.pull(18_000).describe();
        ledger.markTaken(first);
        ledger.markTaken(second);
        assertEquals(List.of("a"), names(saved(ledger)));
        assertEquals(List.of(), pull(restarted(ledger.save()), 3_602_000));
    }

    @Test
    void aLedgerByWindowForgetsWhatTheFirstWindowOfARestartDoesNotReach() throws Exception {
        FileStreamSource source = started(DEFINED_MS, WINDOW, 1 << 20, NOTHING_SAVED);
        PulledSource ledger = source.ledger();
        ledger.restore(source.save());
        room.put("a", "one\n", 13_000);
        ledger.markTaken(source.pull(14_000).describe());
        source.pull(200_000);
        assertEquals(List.of("a"), names(saved(ledger)), "a restart would look from 14 s on");
        room.put("b", "two\n", 201_000);
        ledger.markTaken(source.pull(202_000).describe());
        byte[] bytes = ledger.save();
        assertEquals(List.of("b"), names(FileLedger.of(bytes)));
        assertEquals(List.of(), pull(started(3_600_000, WINDOW, 1 << 20, bytes), 204_000));
    }

    // ---- the same share again ----

    @Test
    void aShareIsDescribedAndReplayedWithTheSameRowsInTheSamePartitions() throws Exception {
        FileStreamSource source = started(DEFINED_MS, IDENTITY, 8, NOTHING_SAVED);
        byte[] saved = source.save();
        room.put("b", "three\nfour\n", 13_001);
        room.put("a", "one\ntwo\nand more\n", 13_000);
        PulledRange share = source.pull(14_000);
        byte[] description = share.describe();
        room.put("c", "later\n", 15_000);

        FileStreamSource next = started(3_600_000, IDENTITY, 1 << 20, saved);
        PulledRange again = next.replay(description);
        assertEquals(share.names(), again.names());
        assertEquals(share.partitionCount(), again.partitionCount(), "also where the setting is another one now");
        for (int partition = 0; partition < share.partitionCount(); partition++) {
            assertEquals(FileRoom.rowsOf(share, partition), FileRoom.rowsOf(again, partition));
        }
        assertEquals(List.of("later"), pull(next, 16_000), "what is replayed is not taken again");
        assertArrayEquals(description, again.describe());
        assertEquals(List.of(), ingest.told());
    }

    @Test
    void aShareOfNothingIsReplayedAsNothing() throws Exception {
        FileStreamSource source = started();
        byte[] description = source.pull(14_000).describe();
        assertEquals(0, description.length);
        assertEquals(0, restarted(source.save()).replay(description).partitionCount());
    }

    @Test
    void filesThatVanishedOrChangedAreAllNamedWithWhatWasExpectedAndWhatIsThere() throws Exception {
        FileStreamSource source = started();
        byte[] saved = source.save();
        Path gone = room.put("gone", "one\n", 13_000);
        Path grown = room.put("grown", "two\n", 13_000);
        Path edited = room.put("edited", "three\n", 13_000);
        Path touched = room.put("touched", "four\n", 13_000);
        room.put("whole", "five\n", 13_000);
        byte[] description = source.pull(14_000).describe();
        Files.delete(gone);
        FileRoom.modified(Files.writeString(grown, "six\n", StandardOpenOption.APPEND), 13_000);
        FileRoom.modified(Files.writeString(edited, "tree!\n"), 13_000);
        FileRoom.modified(touched, 13_001);

        FileStreamSource next = restarted(saved);
        byte[] before = next.save();
        InputLostException lost = assertThrows(InputLostException.class, () -> next.replay(description));
        assertEquals(
                List.of(
                        "file " + edited + " was 6 bytes, modified 1970-01-01T00:00:13Z and has other bytes at its"
                                + " beginning or end, at the same size and time",
                        "file " + gone + " was 4 bytes, modified 1970-01-01T00:00:13Z and is gone",
                        "file " + grown + " was 4 bytes, modified 1970-01-01T00:00:13Z and is 8 bytes, modified"
                                + " 1970-01-01T00:00:13Z",
                        "file " + touched + " was 5 bytes, modified 1970-01-01T00:00:13Z and is 5 bytes, modified"
                                + " 1970-01-01T00:00:13.001Z"),
                lost.losses().stream().sorted().toList());
        assertTrue(lost.getMessage().contains("put it back as it was"), lost.getMessage());
        assertTrue(lost.getMessage().contains("files " + directory), lost.getMessage());
        assertArrayEquals(before, next.save(), "nothing was taken");
    }

    @Test
    void aFileThatIsPutBackFromABackupIsTheSameFile() throws Exception {
        FileStreamSource source = started();
        byte[] saved = source.save();
        Path file = room.put("file", "one\n", 13_000);
        Path backup = Files.copy(file, directory.resolve(".backup"), StandardCopyOption.COPY_ATTRIBUTES);
        byte[] description = source.pull(14_000).describe();
        byte[] savedLater = source.save();
        Files.delete(file);
        assertThrows(InputLostException.class, () -> restarted(saved).replay(description));
        Files.move(backup, file);
        assertEquals(List.of("one"), FileRoom.rowsOf(restarted(saved).replay(description)));
        assertEquals(
                List.of(), pull(restarted(savedLater), 4_000_000), "for the ledger too, though its inode is another");
    }

    @Test
    void aFileThatChangesAfterItsReplayIsNotHalfRead() throws Exception {
        FileStreamSource source = started();
        byte[] saved = source.save();
        Path file = room.put("file", "one\n", 13_000);
        byte[] description = source.pull(14_000).describe();
        PulledRange again = restarted(saved).replay(description);
        Files.writeString(file, "two\n", StandardOpenOption.APPEND);
        MillraceException e = assertThrows(MillraceException.class, () -> FileRoom.rowsOf(again, 0));
        assertTrue(e.getMessage().contains("file " + file + " changed"), e.getMessage());
    }

    @Test
    void aFileThatVanishesBeforeItIsDescribedIsMissedAtItsReplay() throws Exception {
        FileStreamSource source = started();
        Path file = room.put("file", "one\n", 13_000);
        PulledRange share = source.pull(14_000);
        Files.delete(file);
        byte[] description = share.describe();
        InputLostException lost = assertThrows(
                InputLostException.class, () -> restarted(source.save()).replay(description));
        assertTrue(lost.getMessage().contains("file " + file + " was 4 bytes"), lost.getMessage());
    }

    @Test
    void namesWithAnyCharactersComeBack() throws Exception {
        FileStreamSource source = started();
        byte[] saved = source.save();
        room.put("a b%20c:\u00e4", "one\n", 13_000);
        byte[] description = source.pull(14_000).describe();
        assertEquals(List.of("one"), FileRoom.rowsOf(restarted(saved).replay(description)));
    }

    // ---- no file twice ----

    @Test
    void afterARestartNoFileIsTakenTwiceAndThoseThatCameMeanwhileAreTaken() throws Exception {
        room.put("there", "no\n", 11_000);
        FileStreamSource source = started();
        room.put("taken", "one\n", 13_000);
        assertEquals(List.of("one"), pull(source, 14_000));
        byte[] saved = source.save();
        room.put("missed", "two\n", 15_000);
        room.put("old", "three\n", 1);

        FileStreamSource next = restarted(saved);
        assertEquals(List.of("three", "two"), pull(next, 3_602_000), "an hour later, however old they are");
        assertEquals(List.of(), pull(next, 3_604_000));
        assertEquals(List.of(), pull(restarted(next.save()), 3_606_000));
        assertEquals(List.of(), ingest.told());
    }

    @Test
    void filesOfABatchThatWasCommittedAreMarkedThoughTheyAreGone() throws Exception {
        FileStreamSource source = started();
        byte[] saved = source.save();
        Path deleted = room.put("deleted", "one\n", 13_000);
        room.put("kept", "two\n", 13_001);
        byte[] description = source.pull(14_000).describe();
        Files.delete(deleted);
        FileStreamSource next = restarted(saved);
        next.markTaken(description);
        next.markTaken(new byte[0]);
        assertEquals(List.of(), pull(next, 3_602_000));
        room.put("deleted", "three\n", 3_603_000);
        assertEquals(List.of("three"), pull(next, 3_604_000), "another file of that name");
    }

    @Test
    void filesThatChangedWhileTheProgramWasDownAreJudgedAsWhileItRuns() throws Exception {
        Path unread = room.put("unread", "zero\n", 11_000);
        FileStreamSource source = started();
        Path grown = room.put("grown", "one\n", 13_000);
        Path rewritten = room.put("rewritten", "two\n", 13_000);
        Path replaced = room.put("replaced", "three\n", 13_000);
        assertEquals(3, pull(source, 14_000).size());
        byte[] saved = source.save();
        FileRoom.modified(Files.writeString(grown, "more\n", StandardOpenOption.APPEND), 15_000);
        FileRoom.modified(Files.writeString(rewritten, "six and more\n"), 15_001);
        Files.move(room.put(".new", "three\nfour\n", 15_002), replaced, StandardCopyOption.REPLACE_EXISTING);
        FileRoom.modified(Files.writeString(unread, "zero\nfive\n"), 15_003);

        FileStreamSource next = restarted(saved);
        assertEquals(List.of("six and more", "three", "four", "zero", "five"), pull(next, 3_602_000));
        assertEquals(1, ingest.told().size(), ingest.told()::toString);
        assertTrue(
                ingest.told().get(0).contains("file " + grown + " changed after it was read"), ingest.told()::toString);
        assertEquals(List.of(), pull(restarted(next.save()), 3_604_000));
        assertEquals(1, ingest.told().size(), "told once, also over a restart");
    }

    @Test
    void namesFromBeforeARestartStayUntilAFileIsSeenInTheirDirectory() throws Exception {
        FileStreamSource source = started();
        room.put("1", "one\n", 13_000);
        room.put("2", "two\n", 13_000);
        assertEquals(2, pull(source, 14_000).size());
        byte[] saved = source.save();
        Path hidden = Files.move(directory, directory.resolveSibling(directory.getFileName() + "-unmounted"));
        FileStreamSource next = restarted(saved);
        assertEquals(List.of(), pull(next, 3_602_000));
        Files.move(hidden, directory);
        assertEquals(List.of(), pull(next, 3_604_000), "the file system was mounted late");
        Files.delete(directory.resolve("1"));
        int before = next.save().length;
        assertEquals(List.of(), pull(next, 3_606_000));
        assertTrue(next.save().length < before, "forgotten");
    }

    @Test
    void whatWasOldAtTheFirstStartStaysOldWhenNobodyCouldLookThen() throws Exception {
        Path elsewhere = directory.resolveSibling(directory.getFileName() + "-elsewhere");
        Files.move(directory, elsewhere);
        Files.writeString(directory, "a file where the directory should be");
        byte[] saved = started().save();
        Files.delete(directory);
        Files.move(elsewhere, directory);
        room.put("missed", "one\n", 13_000);
        assertEquals(List.of("one"), pull(restarted(saved), 3_602_000));
    }

    @Test
    void byTheWindowTheFirstBatchAfterARestartReachesBackToTheLastOneBefore() throws Exception {
        FileStreamSource source = started(DEFINED_MS, WINDOW, 1 << 20, NOTHING_SAVED);
        room.put("taken", "one\n", 13_000);
        assertEquals(List.of("one"), pull(source, 14_000));
        byte[] saved = source.save();
        room.put("missed", "two\n", 15_000);
        FileStreamSource next = started(3_600_000, WINDOW, 1 << 20, saved);
        assertEquals(List.of("two"), pull(next, 3_602_000));
        room.put("old", "three\n", 15_001);
        assertEquals(List.of(), pull(next, 3_604_000), "from then on the window is the usual one");
    }

    @Test
    void aLedgerServesTheOtherRuleToo() throws Exception {
        FileStreamSource source = started(DEFINED_MS, WINDOW, 1 << 20, NOTHING_SAVED);
        room.put("old", "one\n", 13_000);
        assertEquals(List.of("one"), pull(source, 14_000));
        room.put("taken", "two\n", 99_000);
        assertEquals(List.of("two"), pull(source, 100_000));
        room.put("missed", "three\n", 101_000);
        FileStreamSource byIdentity = restarted(source.save());
        assertEquals(List.of("three"), pull(byIdentity, 3_602_000));
        room.put("last", "four\n", 3_603_000);
        FileStreamSource byWindow = started(3_600_000, WINDOW, 1 << 20, byIdentity.save());
        assertEquals(List.of("four"), pull(byWindow, 3_604_000));
    }

    @Test
    void aSourceIsRestoredBeforeItIsStarted() {
        FileStreamSource source = started();
        byte[] saved = source.save();
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> source.restore(saved));
        assertTrue(e.getMessage().contains("restore it before"), e.getMessage());
    }

    @Test
    void bytesThatAreCutOrFlippedAreRefusedOrMeanOtherFilesButNothingElse() throws Exception {
        FileStreamSource source = started();
        room.put("a", "one\n", 13_000);
        room.put("b", "two\n", 13_000);
        byte[] description = source.pull(14_000).describe();
        byte[] saved = source.save();
        for (int length = 1; length < description.length; length++) {
            byte[] cut = Arrays.copyOf(description, length);
            assertThrows(UnreadableInputException.class, () -> started().markTaken(cut));
        }
        for (int length = 0; length < saved.length; length++) {
            byte[] cut = Arrays.copyOf(saved, length);
            assertThrows(UnreadableInputException.class, () -> restarted(cut));
        }
        assertThrows(UnreadableInputException.class, () -> restarted(Arrays.copyOf(saved, saved.length + 1)));
        for (int bit = 0; bit < 8 * Math.max(description.length, saved.length); bit++) {
            attempt(description, bit, bytes -> started().replay(bytes));
            attempt(saved, bit, bytes -> restarted(bytes).pull(3_602_000));
        }
    }

    private static void attempt(byte[] bytes, int bit, java.util.function.Consumer<byte[]> use) {
        if (bit < 8 * bytes.length) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                use.accept(flipped);
            } catch (UnreadableInputException | InputLostException refused) {
                // As it should.
            }
        }
    }

    /** Crashes at random: each file's rows come with exactly one batch that is kept, or are told to be lost. */
    @Test
    void overRandomCrashesEveryFileIsTakenOnce() throws Exception {
        Seeds.play(50, this::lifeWithCrashes);
    }

    private void lifeWithCrashes(Random random) throws Exception {
        clear();
        long nowMs = DEFINED_MS;
        List<Object> expected = new ArrayList<>();
        List<Object> kept = new ArrayList<>();
        FileStreamSource source = started();
        byte[] saved = source.save();
        List<byte[]> plans = new ArrayList<>();
        int committed = 0;
        for (int step = 0; step < 40; step++) {
            nowMs += 2_000;
            for (int i = random.nextInt(3); i > 0; i--) {
                String row = "row " + step + " " + i;
                room.put("file-" + step + "-" + i, row + "\n", nowMs - random.nextInt(2_000));
                expected.add(row);
            }
            switch (random.nextInt(5)) {
                case 0 -> {
                    FileStreamSource next = started(nowMs, IDENTITY, 1 << 20, saved);
                    IntStream.range(0, committed).forEach(plan -> next.markTaken(plans.get(plan)));
                    for (byte[] plan : plans.subList(committed, plans.size())) {
                        kept.addAll(FileRoom.rowsOf(next.replay(plan)));
                    }
                    committed = plans.size();
                    source = next;
                }
                case 1 -> {
                    saved = source.save();
                    plans.subList(0, committed).clear();
                    committed = 0;
                    // What is planned and not committed is in the save, and is replayed all the same.
                }
                default -> {
                    PulledRange share = source.pull(nowMs);
                    plans.add(share.describe());
                    if (committed == plans.size() - 1 && random.nextBoolean()) {
                        kept.addAll(FileRoom.rowsOf(share));
                        committed = plans.size();
                        deleteSome(random, share.names());
                    }
                }
            }
        }
        FileStreamSource last = started(nowMs, IDENTITY, 1 << 20, saved);
        IntStream.range(0, committed).forEach(plan -> last.markTaken(plans.get(plan)));
        for (byte[] plan : plans.subList(committed, plans.size())) {
            kept.addAll(FileRoom.rowsOf(last.replay(plan)));
        }
        kept.addAll(FileRoom.rowsOf(last.pull(nowMs + 2_000)));
        assertEquals(sorted(expected), sorted(kept));
    }

    private static List<String> sorted(List<Object> rows) {
        return rows.stream().map(Object::toString).sorted().toList();
    }

    private static void deleteSome(Random random, List<String> names) throws IOException {
        for (String name : names) {
            if (random.nextBoolean()) {
                Files.delete(Path.of(name));
            }
        }
    }

    private void clear() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }
}
