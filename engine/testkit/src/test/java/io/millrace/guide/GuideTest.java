package io.millrace.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.millrace.api.StreamingContext;
import io.millrace.guide.GuidePage.Sample;
import io.millrace.testkit.LoopbackFeed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Every block of Java in the guide compiles without a warning, runs, and prints what the guide shows. */
@Timeout(120)
class GuideTest {
    private static final Path GUIDE = Path.of("../docs/guide.md");

    @TempDir
    static Path directory;

    private static List<Sample> samples;
    private static CompiledSamples compiled;

    @BeforeAll
    static void compile() throws Exception {
        samples = GuidePage.samples(GUIDE);
        compiled = CompiledSamples.of(samples, GUIDE, Files.createDirectory(directory.resolve("classes")));
    }

    @AfterAll
    static void close() throws Exception {
        compiled.close();
    }

    @TestFactory
    Stream<DynamicTest> everyFragmentPrintsWhatTheGuideShows() {
        return samples.stream()
                .filter(sample -> !sample.isProgram())
                .map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> play(sample)));
    }

    private static void play(Sample sample) throws Exception {
        Path empty = Files.createDirectory(directory.resolve("line-" + sample.line()));
        try (PrintedLines printed = new PrintedLines()) {
            try (Stage stage = compiled.stage(sample)) {
                stage.play(empty);
            }
            printed.assertBeginsWith(sample.output());
        }
    }

    @TestFactory
    Stream<DynamicTest> everyProgramPrintsWhatTheGuideShows() {
        return samples.stream()
                .filter(Sample::isProgram)
                .map(sample -> DynamicTest.dynamicTest(sample.toString(), () -> runMain(sample)));
    }

    /** A program reads the two lines from a socket; it is stopped when all is printed. */
    private static void runMain(Sample sample) throws Exception {
        assertFalse(sample.output().isEmpty(), "a program shows what it prints");
        try (LoopbackFeed feed = new LoopbackFeed();
                PrintedLines printed = new PrintedLines()) {
            feed.serve("to be or not to be\n", "that is the question\n");
            Object arguments = new String[] {String.valueOf(feed.port())};
            CompletableFuture<Void> end = CompletableFuture.runAsync(() -> {
                try {
                    compiled.classOf(sample).getMethod("main", String[].class).invoke(null, arguments);
                } catch (ReflectiveOperationException failed) {
                    throw new AssertionError(sample + " failed", failed);
                }
            });
            printed.awaitAll(sample.output());
            StreamingContext.getActive().orElseThrow().stop(true, true);
            end.get();
        }
    }

    @Test
    void theReadmeAndTheGuideBeginWithTheSameProgram() throws Exception {
        String first = samples.stream()
                .filter(Sample::isProgram)
                .findFirst()
                .orElseThrow()
                .code();
        String readme = GuidePage.samples(Path.of("../../README.md")).get(0).code();
        assertEquals(readme, first);
    }
}
