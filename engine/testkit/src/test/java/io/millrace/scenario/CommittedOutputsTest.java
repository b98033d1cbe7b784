package io.millrace.scenario;

import static io.millrace.api.Durations.seconds;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.DurableCounter;
import io.millrace.api.MillraceConf;
import io.millrace.api.StreamingContext;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import io.millrace.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What leaves a run that has a checkpoint: when it is seen, and what becomes of it when the process ends (guide, "Outputs"). */
class CommittedOutputsTest {
    private static final Consumer<MillraceConf> AS_IT_IS = conf -> {};
    private static final Consumer<MillraceConf> RARE_COMMITS =
            conf -> conf.set("millrace.checkpoint.commitInterval", "1h");

    @TempDir
    private Path place;

    private final SimulatedFileStore disk = new SimulatedFileStore();
    private final ManualClock clock = new ManualClock();
    private Path input;

    /** One process, which reads files of words. */
    private final class Life implements AutoCloseable {
        private final Rig rig;

        Life(BiConsumer<StreamingContext, DStream<String>> program, Consumer<MillraceConf> set) throws IOException {
            input = Files.createDirectories(place.resolve("in"));
            rig = new Rig(
                    seconds(1),
                    conf -> {
                        set.accept(StatePlace.MEMORY.in(conf).set("millrace.checkpoint.reserveBytes", "0"));
                        return conf;
                    },
                    clock,
                    directory -> disk);
            StreamingContext context = StreamingContext.getOrCreate("checkpoint-of-this-test", () -> {
                rig.ssc.checkpoint("checkpoint-of-this-test");
                program.accept(rig.ssc, rig.ssc.textFileStream(input.toString()));
                return rig.ssc;
            });
            context.start();
            rig.work();
        }

        /** The batch of a second, which has a file with these words. */
        void batch(int second, String... words) throws IOException {
            write(second, words);
            rig.toBatch(second);
        }

        private void write(int second, String... words) throws IOException {
            Path whole = place.resolve("new");
            Files.write(whole, List.of(words));
            Files.setLastModifiedTime(whole, FileTime.fromMillis(clock.time()));
            Files.move(whole, input.resolve("at-" + second));
        }

        void kill() {
            disk.hook((number, operation, name) -> {
                throw new IOException("the process was killed");
            });
            close();
            disk.kill();
        }

        void stopGracefully() {
            rig.ssc.stop(true, true);
            close();
        }

        @Override
        public void close() {
            rig.close();
        }
    }

    private void save(StreamingContext ssc, DStream<String> words) {
        words.saveAsTextFiles(place.resolve("out").toString(), "txt");
    }

    private Path saved(int second) {
        return place.resolve("out-" + second * 1000 + ".txt");
    }

    private List<String> wordsOf(int second) throws IOException {
        List<String> words = new ArrayList<>();
        try (Stream<Path> parts = Files.list(saved(second))) {
            for (Path part : parts.filter(file -> file.getFileName().toString().startsWith("part"))
                    .sorted()
                    .toList()) {
                words.addAll(Files.readAllLines(part));
            }
        }
        return words;
    }

    private List<String> hidden() throws IOException {
        try (Stream<Path> files = Files.list(place)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith("."))
                    .toList();
        }
    }

    @Test
    void filesAreSeenOnceTheirBatchIsCommitted() throws IOException {
        try (Life life = new Life(this::save, AS_IT_IS)) {
            life.batch(1, "a", "b");
            assertEquals(List.of("a", "b"), wordsOf(1));
        }
        assertEquals(List.of(), hidden());
    }

    @Test
    void filesOfABatchThatIsNotCommittedAreNotSeen() throws IOException {
        Life life = new Life(this::save, RARE_COMMITS);
        life.batch(1, "a", "b");
        assertFalse(Files.exists(saved(1)));
        assertEquals(List.of(".out-1000.txt.millrace-batch"), hidden());
        life.stopGracefully();
        assertEquals(List.of("a", "b"), wordsOf(1));
        assertEquals(List.of(), hidden());
    }

    @Test
    void filesOfABatchThatWasNotCommittedAreWrittenAgain() throws IOException {
        Life first = new Life(this::save, RARE_COMMITS);
        first.batch(1, "a", "b");
        first.kill();
        assertFalse(Files.exists(saved(1)));
        try (Life second = new Life(this::save, AS_IT_IS)) {
            second.batch(2, "c");
            assertEquals(List.of("a", "b"), wordsOf(1));
            assertEquals(List.of("c"), wordsOf(2));
        }
        assertEquals(List.of(), hidden());
    }

    @Test
    void whatCannotBePublishedIsToldAndPublishedByTheNextRun() throws Exception {
        Life first = new Life(this::save, RARE_COMMITS);
        first.batch(1, "a", "b");
        Files.writeString(saved(1), "somebody else's");
        first.rig.ssc.stop(true, true);
        RuntimeException told = assertThrows(RuntimeException.class, () -> first.rig.ssc.awaitTermination());
        assertTrue(told.getMessage().contains("MR-1107"), told::getMessage);
        first.close();
        Files.delete(saved(1));
        try (Life second = new Life(this::save, AS_IT_IS)) {
            second.batch(2, "c");
            assertEquals(List.of("a", "b"), wordsOf(1));
            assertEquals(List.of("c"), wordsOf(2));
        }
        assertEquals(List.of(), hidden());
    }

    @Test
    void anOutputThatMayHaveRunBeforeIsTold() throws IOException {
        List<String> seen = new ArrayList<>();
        BiConsumer<StreamingContext, DStream<String>> program =
                (ssc, words) -> words.foreachRDD((rdd, time, delivery) ->
                        seen.add(delivery.idempotencyKey() + " " + delivery.isReplay() + rdd.collect()));
        Life first = new Life(program, RARE_COMMITS);
        first.batch(1, "a");
        first.kill();
        try (Life second = new Life(program, AS_IT_IS)) {
            second.batch(2, "b");
        }
        assertEquals(
                List.of("foreachRDD-1/1000 false[a]", "foreachRDD-1/1000 true[a]", "foreachRDD-1/2000 false[b]"), seen);
    }

    @Test
    void aDurableCounterCountsEachBatchOnce() throws IOException {
        List<DurableCounter> counters = new ArrayList<>();
        BiConsumer<StreamingContext, DStream<String>> program = (ssc, words) -> {
            DurableCounter counter = ssc.durableCounter("words");
            counters.add(counter);
            words.foreachRDD(rdd -> rdd.foreach(word -> counter.increment()));
        };
        Life first = new Life(program, AS_IT_IS);
        first.batch(1, "a", "b");
        first.kill();
        Life second = new Life(program, RARE_COMMITS);
        assertEquals(2, counters.get(1).value());
        second.batch(2, "c", "d", "e");
        assertEquals(5, counters.get(1).value());
        second.kill();
        Life third = new Life(program, AS_IT_IS);
        third.rig.work();
        assertEquals(5, counters.get(2).value());
        third.stopGracefully();
        try (Life fourth = new Life(program, AS_IT_IS)) {
            assertEquals(5, counters.get(3).value());
            assertThrows(IllegalStateException.class, () -> fourth.rig.ssc.durableCounter("another"));
        }
    }
}
