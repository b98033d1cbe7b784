package io.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example as a user runs it, in a process of its own. */
@Timeout(120)
class ExamplesTest {
    private static ExampleProcess fiveBatchesOf(String name, String... words) throws Exception {
        List<String> args = Stream.concat(Stream.of(words), Stream.of("--batches=5", "--batch-ms=300", "--print=all"))
                .toList();
        ExampleProcess run = ExampleProcess.start(name, args.toArray(String[]::new));
        assertEquals(0, run.exitStatus(), run::output);
        return run;
    }

    private static long matches(ExampleProcess run, String regex) {
        Matcher matcher = Pattern.compile(regex, Pattern.MULTILINE).matcher(run.output());
        return matcher.results().count();
    }

    @ParameterizedTest
    @CsvSource({"CustomReceiver", "QueueStream", "PushStream", "FileWordCount"})
    void examplesThatCountPrintCounts(String name) throws Exception {
        ExampleProcess run = fiveBatchesOf(name);
        assertTrue(run.batches().total() > 0, run::output);
    }

    @Test
    void filesThatOthersMoveIntoTheDirectoryAreCounted(@TempDir Path directory) throws Exception {
        ExampleProcess run =
                ExampleProcess.start("FileWordCount", directory.toString(), "--batch-ms=100", "--print=all");
        run.waitFor(batches -> batches.count() > 0);
        Path written = Files.writeString(directory.resolve(".written"), "to be or\nnot to be\n");
        Files.move(written, directory.resolve("moved"));
        run.waitFor(batches -> batches.total() >= 6);
        run.interrupt();
        assertEquals("{be=2, not=1, or=1, to=2}", run.batches().sums().toString(), run::output);
    }

    @Test
    void savedCountsAreOnDiskBatchByBatch(@TempDir Path directory) throws Exception {
        ExampleProcess run = fiveBatchesOf("WordCountToFiles", directory.toString());
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> saved = files.filter(
                            file -> file.getFileName().toString().startsWith("part-"))
                    .toList();
            StringBuilder all = new StringBuilder();
            for (Path file : saved) {
                all.append(Files.readString(file));
            }
            assertTrue(Pattern.compile("\\(mill,\\d+\\)").matcher(all).find(), () -> all + run.output());
        }
        assertTrue(matches(run, "counts-\\d+\\.txt has [1-9]\\d* words") > 0, run::output);
    }

    @Test
    void joinedWordsAreThoseOfTheListTheStrongestFirst() throws Exception {
        ExampleProcess run = fiveBatchesOf("NetworkWordJoin");
        assertTrue(matches(run, "^\\((turns|runs|good|sings),\\d+\\)$") > 0, run::output);
        assertEquals(0, matches(run, "^\\((mill|the),"), run::output);
    }

    @Test
    void wordsOfTheBlacklistAreLeftOutAndCounted() throws Exception {
        ExampleProcess run = fiveBatchesOf("BlacklistFilter");
        assertTrue(
                matches(run, "Counts at time \\d+ ms \\[.*\\(mill,\\d+\\).*left out so far: [1-9]") > 0, run::output);
        assertEquals(0, matches(run, "\\(the,"), run::output);
    }

    @Test
    void theListenerTellsOfTheReceiverAndOfEachBatch() throws Exception {
        ExampleProcess run = fiveBatchesOf("ListenerExample");
        assertTrue(matches(run, "^receiving from .*127\\.0\\.0\\.1") > 0, run::output);
        assertTrue(matches(run, "^batch \\d+ ms: [1-9]\\d* lines, waited \\d+ ms, took \\d+ ms$") > 0, run::output);
    }

    @Test
    void linesOfEncodedBlocksAreFound() throws Exception {
        ExampleProcess run = fiveBatchesOf("RawNetworkGrep", "wheel", "--streams=3");
        assertTrue(matches(run, "^\\d+ ms: [1-9]\\d* lines hold wheel$") > 0, run::output);
    }

    @Test
    void countsThatAreRememberedGrow() throws Exception {
        ExampleProcess run = fiveBatchesOf("StatefulNetworkWordCount", "--snapshots");
        assertTrue(matches(run, "^\\(mill,[1-9]\\d*\\)$") > 0, run::output);
    }

    @ParameterizedTest
    @CsvSource({"--window=2", "--inverse"})
    void aWindowCountsTheWordsOfItsBatches(String option) throws Exception {
        ExampleProcess run = fiveBatchesOf("WindowedNetworkWordCount", option);
        assertTrue(matches(run, "^\\(mill,[1-9]\\d*\\)$") > 0, run::output);
    }

    @Test
    void theMostFrequentWordsOfAWindowAreTold() throws Exception {
        ExampleProcess run = fiveBatchesOf("TopWords", "--top=2");
        assertTrue(matches(run, "^top 2 at \\d+ ms: \\[\\(\\d+,\\w+\\), \\(\\d+,\\w+\\)\\]$") > 0, run::output);
    }

    static Stream<String> names() {
        return Examples.all().stream().map(Examples.Example::name);
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyExampleExplainsItself(String name) throws Exception {
        ExampleProcess run = ExampleProcess.start(name, "--help");
        assertEquals(0, run.exitStatus(), run::output);
        assertTrue(matches(run, "^Usage: " + name + " ") == 1, run::output);
    }
}
