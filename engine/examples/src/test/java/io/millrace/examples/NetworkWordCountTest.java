package io.millrace.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The example as a user runs it, in a process of its own, against servers on the loopback address. */
@Timeout(120)
class NetworkWordCountTest {
    private static final long SEED = 20_261_122;

    @ParameterizedTest
    @CsvSource({
        "PIECES, plain",
        "PIECES, recognised",
        "RECONNECT, plain",
        "RECONNECT, recognised",
        "CUT, plain",
        "BURST, plain",
        "BURST, recognised",
    })
    void countsOfAllBatchesAddUpToThoseOfTheText(TextFeed.Way way, String form) throws Exception {
        try (TextFeed feed = TextFeed.start(text(), way, SEED)) {
            Map<String, Integer> expected = wordsOf(feed.lines());
            long total = expected.values().stream().mapToInt(Integer::intValue).sum();
            ExampleProcess run = ExampleProcess.start(
                    "NetworkWordCount",
                    "127.0.0.1",
                    "" + feed.port(),
                    "--batch-ms=100",
                    "--print=all",
                    "--restart-delay-ms=10",
                    form.equals("plain") ? "--master=local[2]" : "--recognised");
            run.waitFor(batches -> batches.total() >= total);
            run.interrupt();
            assertEquals(expected, run.batches().sums(), () -> "seed " + SEED + ", " + run.output());
        }
    }

    @Test
    void afterNBatchesItStopsAndEndsWell() throws Exception {
        ExampleProcess run = ExampleProcess.start("NetworkWordCount", "--batches=3", "--batch-ms=200", "--print=all");
        assertEquals(0, run.exitStatus(), run::output);
        assertTrue(run.batches().count() >= 3, run::output);
        assertTrue(run.batches().sums().containsKey("mill"), run::output);
    }

    @Test
    void aWrongArgumentEndsItWithStatusTwo() throws Exception {
        ExampleProcess run = ExampleProcess.start("NetworkWordCount", "127.0.0.1");
        assertEquals(2, run.exitStatus(), run::output);
    }

    /** The text of the embedded server, and what such texts lack. */
    private static byte[] text() throws IOException {
        String odd = """
                  two  spaces, and a\ttab,   and an end of three:   \s
                \s
                Mühle, 水車, 🌊 and a half-line\rthat another follows
                """;
        try (InputStream mill = TextServer.class.getResourceAsStream("the-mill.txt")) {
            String text = new String(mill.readAllBytes(), StandardCharsets.UTF_8);
            return (text + odd + text.replace("\n", "\r\n") + odd).getBytes(StandardCharsets.UTF_8);
        }
    }

    private static Map<String, Integer> wordsOf(List<String> lines) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String line : lines) {
            for (String word : line.split(" ")) {
                counts.merge(word, 1, Integer::sum);
            }
        }
        return counts;
    }
}
