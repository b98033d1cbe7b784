package io.millrace.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The judge of campaigns sees what it should see. */
class ResultsTest {
    @TempDir
    private Path folder;

    private final Results results = new Results();

    private String failure() {
        List<String> failures = results.failures();
        assertEquals(1, failures.size(), failures::toString);
        return failures.get(0);
    }

    @Test
    void aBatchThatIsLeftOutIsSeen() {
        results.take(Results.COUNT, 100, Map.of("a", 1));
        results.take(Results.COUNT, 300, Map.of("a", 2));
        assertTrue(failure().contains("batch 300, and none before it"), this::failure);
    }

    @Test
    void aBatchThatIsRunAgainWithOtherContentIsSeen() {
        results.take(Results.COUNT, 100, Map.of("a", 1));
        results.take(Results.COUNT, 100, Map.of("a", 2));
        assertTrue(failure().contains("{a=1/2}"), this::failure);
        assertEquals(1, results.again());
    }

    @Test
    void aWindowThatIsNotWhatCameInMeanwhileIsSeen() {
        results.take(Results.COUNT, 100, Map.of("a", 1));
        results.take(Results.WINDOW, 100, Map.of("a", 1, "b", 1));
        assertTrue(failure().contains("window of batch 100"), this::failure);
    }

    @Test
    void keysInOneKindOfStateThatAreNotThoseInTheOtherAreSeen() {
        results.take(Results.COUNT, 100, Map.of("a", 1));
        results.take(Results.MAPPED, 100, Map.of("a", 2));
        assertTrue(failure().contains("mapped of batch 100"), this::failure);
    }

    @Test
    void aTornLineIsNoResult() throws IOException {
        Path file = folder.resolve("results");
        String torn = Results.line(Results.COUNT, 200, Map.of("a", 2));
        Files.writeString(
                file, Results.line(Results.COUNT, 100, Map.of("a", 1)) + torn.substring(0, torn.length() - 3));
        assertEquals(100, Results.read(file).lastMs());
    }

    @Test
    void aSavedBatchThatIsMissingAndALeftOverAreSeen() throws IOException {
        Path saved = Files.createDirectories(folder.resolve("counts-100"));
        Files.writeString(saved.resolve("part-00000"), "a 1\n");
        Files.createFile(saved.resolve("_SUCCESS"));
        Map<String, Integer> words = Map.of("a", 1);
        assertEquals(List.of(), SavedBatches.failures(folder, new TreeSet<>(List.of(100L)), words));
        Files.createDirectory(folder.resolve(".counts-200.millrace-new"));
        List<String> failures = SavedBatches.failures(folder, new TreeSet<>(List.of(100L, 200L)), words);
        assertEquals(2, failures.size(), failures::toString);
        assertTrue(failures.get(0).contains(".counts-200.millrace-new' is left over"), failures::toString);
        assertTrue(failures.get(1).contains("run and not saved [200]"), failures::toString);
    }
}
