package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.StreamingContext;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import io.millrace.testkit.RememberedThreads;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two threads rename files into a watched directory while batches of 5 ms run on the machine's own clock. */
@Timeout(120)
class FilesWhileRunningTest {
    private static final int FILES_EACH = 300;
    private static final int LINES = 20;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"local[0]", "local[2]"})
    void everyFileIsReadOnceAndWhole(String master) throws Exception {
        Path watched = Files.createDirectory(directory.resolve("watched"));
        List<String> received = Collections.synchronizedList(new ArrayList<>());
        RememberedThreads threads = new RememberedThreads();
        MillraceConf conf = new MillraceConf(false)
                .setMaster(master)
                .setAppName("files")
                .set("millrace.streaming.allowMultipleContexts", "true");
        LocalBackend backend = new LocalBackend(conf, EnginePorts.ofSystem().withThreads(threads));
        StreamingContext ssc = new StreamingContext(MillraceContext.on(backend, conf), milliseconds(5));
        ssc.textFileStream(watched.toString()).foreachRecord((line, time) -> received.add(line));
        ssc.start();
        for (int writer = 0; writer < 2; writer++) {
            int seed = writer;
            threads.newThread(() -> write(watched, seed)).start();
        }
        while (received.size() < 2 * FILES_EACH * LINES) {
            ssc.awaitTerminationOrTimeout(1);
        }
        ssc.stop(true, true);
        threads.assertAllEnded();
        assertEquals(0, backend.ledger().usedBytes());
        List<String> expected = IntStream.range(0, 2 * FILES_EACH * LINES)
                .mapToObj(i -> i / (FILES_EACH * LINES) + " " + i % (FILES_EACH * LINES) / LINES + " " + i % LINES)
                .sorted()
                .toList();
        assertEquals(expected, received.stream().sorted().toList());
    }

    /** Lines are {@code writer file line}; every other file claims to be older than the program. */
    private void write(Path watched, int writer) {
        SplittableRandom random = new SplittableRandom(writer);
        try {
            for (int i = 0; i < FILES_EACH; i++) {
                int number = i;
                List<String> lines = IntStream.range(0, LINES)
                        .mapToObj(line -> writer + " " + number + " " + line)
                        .toList();
                Path file = Files.write(directory.resolve("writing" + writer), lines);
                if (i % 2 == 0) {
                    Files.setLastModifiedTime(file, FileTime.fromMillis(random.nextInt(1_000_000)));
                }
                Files.move(file, watched.resolve(writer + "-" + i), StandardCopyOption.ATOMIC_MOVE);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
