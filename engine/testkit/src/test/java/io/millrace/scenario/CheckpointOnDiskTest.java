package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static io.millrace.testkit.Scenario.pair;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.MillraceException;
import io.millrace.api.StreamingContext;
import io.millrace.api.function.Reducers;
import io.millrace.engine.local.EnginePorts;
import io.millrace.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints in directories of the machine. */
class CheckpointOnDiskTest {
    @TempDir
    private Path parent;

    private final ManualClock clock = new ManualClock();
    private final List<String> seen = new ArrayList<>();

    private Path directory() {
        return parent.resolve("checkpoint");
    }

    private Rig rig() {
        return new Rig(
                seconds(1),
                conf -> StatePlace.MEMORY.in(conf).set("millrace.checkpoint.reserveBytes", "1m"),
                clock,
                EnginePorts.ofSystem().checkpoints());
    }

    /** One life of a program that counts files of one line each. */
    private void live(int batch, boolean createOnError) {
        try (Rig rig = rig()) {
            StreamingContext context = StreamingContext.getOrCreate(
                    directory().toString(),
                    () -> {
                        rig.ssc.checkpoint(directory().toString());
                        rig.ssc
                                .textFileStream(parent.resolve("in").toString())
                                .mapToPair(line -> pair(line, 1))
                                .updateStateByKey(Reducers.running(Reducers.sumInt()))
                                .foreachRDD((rdd, time) -> seen.add(time.milliseconds() / 1000 + " " + rdd.collect()));
                        return rig.ssc;
                    },
                    createOnError);
            context.start();
            rig.toBatch(batch);
            context.stop(true, true);
        }
    }

    private void arrive(String name) throws IOException {
        Files.createDirectories(parent.resolve("in"));
        Path made = Files.writeString(parent.resolve(name), "line\n");
        Files.setLastModifiedTime(made, FileTime.from(clock.nanoTime(), TimeUnit.NANOSECONDS));
        Files.move(made, parent.resolve("in").resolve(name));
    }

    @Test
    void aFileThatComesWhileNoProcessRunsIsCountedOnce() throws IOException {
        Files.createDirectories(parent.resolve("in"));
        live(1, false);
        arrive("one");
        live(2, false);
        arrive("two");
        live(3, false);
        live(4, false);
        assertEquals("4 [(line,2)]", seen.get(seen.size() - 1));
    }

    @Test
    void aCheckpointThatIsDamagedIsRefusedByFileUnlessANewOneIsWantedThen() throws IOException {
        Files.createDirectories(parent.resolve("in"));
        live(1, false);
        arrive("one");
        live(2, false);
        damageManifests();
        String refusal =
                assertThrows(MillraceException.class, () -> live(3, false)).getMessage();
        assertTrue(refusal.contains("MR-1103"), refusal);
        assertTrue(refusal.contains("meta/manifest-"), refusal);
        live(3, true);
        assertTrue(Files.isDirectory(parent.resolve("checkpoint.unreadable-1")), "the damaged one is kept");
        assertEquals("3 []", seen.get(seen.size() - 1));
    }

    private void damageManifests() throws IOException {
        try (Stream<Path> manifests = Files.list(directory().resolve("meta"))) {
            for (Path manifest : manifests.toList()) {
                byte[] bytes = Files.readAllBytes(manifest);
                bytes[4200] ^= 1;
                Files.write(manifest, bytes);
            }
        }
    }
}
