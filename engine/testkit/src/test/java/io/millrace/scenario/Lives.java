package io.millrace.scenario;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.DStream;
import io.millrace.api.Duration;
import io.millrace.api.MillraceConf;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.Time;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.recovery.ProcessView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;

/**
 * Processes that run a program with a checkpoint, one after the other, on one simulated disk and one stepped clock. A program reads
 * words, and what its stream has is written down batch by batch.
 */
final class Lives {
    private static final String CHECKPOINT = "checkpoint-of-this-test";

    /** Where the words come from. */
    enum Input {
        /** Words that come at once are a file. */
        FILES,
        /** Through a receiver, with the write-ahead log. */
        RECEIVED
    }

    /** How a process ends. */
    enum End {
        KILLED,
        STOPPED
    }

    final SimulatedFileStore disk = new SimulatedFileStore();
    final ManualClock clock = new ManualClock();
    private final Duration interval;
    private Input input;
    private final Path files;
    private final List<String> given = new ArrayList<>();
    private int fileCount;

    /** @param files a directory for the words that come in files */
    Lives(Duration interval, Input input, Path files) {
        this.interval = interval;
        this.input = input;
        this.files = files;
    }

    /** The next process. */
    Life start(Function<DStream<String>, DStream<?>> program, String... settings) {
        return new Life(program, settings);
    }

    /** The next processes have their words from there. */
    void read(Input other) {
        input = other;
    }

    /** A file with these words comes, whether a process runs or not; without words none does. */
    void put(String... words) {
        if (words.length == 0) {
            return;
        }
        try {
            Path file = Files.write(files.resolve("file-" + ++fileCount), List.of(words));
            Files.setLastModifiedTime(file, FileTime.fromMillis(clock.time()));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** What was seen of all batches, in the order in which they gave it: {@code "2: a b"}. */
    List<String> given() {
        return given;
    }

    /** The same, where what a batch gives when it is run again does not count if it is what it gave before. */
    List<String> distinct() {
        return List.copyOf(new LinkedHashSet<>(given));
    }

    private void give(Time batch, List<?> records) {
        List<String> texts = new ArrayList<>();
        records.forEach(value -> texts.add(String.valueOf(value)));
        texts.sort(null);
        given.add(batch.milliseconds() / interval.milliseconds() + ": " + String.join(" ", texts));
    }

    /** One process. */
    final class Life implements AutoCloseable {
        final Rig rig;
        private final ProcessView view = new ProcessView(disk);
        private PushInputDStream<String> received;

        private Life(Function<DStream<String>, DStream<?>> program, String... settings) {
            rig = new Rig(interval, conf -> set(conf, settings), clock, directory -> view.store());
            StreamingContext context = StreamingContext.getOrCreate(CHECKPOINT, () -> {
                rig.ssc.checkpoint(CHECKPOINT);
                program.apply(words()).foreachRDD((rdd, time) -> {
                    List<?> records = rdd.collect();
                    if (!view.hasEnded()) {
                        give(time, records);
                    }
                });
                return rig.ssc;
            });
            boolean isStarted = false;
            try {
                context.start();
                isStarted = true;
            } finally {
                if (!isStarted) {
                    close();
                }
            }
        }

        private MillraceConf set(MillraceConf conf, String... settings) {
            StatePlace.MEMORY
                    .in(conf)
                    .set("millrace.checkpoint.reserveBytes", "0")
                    .set("millrace.checkpoint.receivedSegmentBytes", "64k")
                    .set("millrace.streaming.receiver.writeAheadLog.enable", String.valueOf(input == Input.RECEIVED));
            for (int i = 0; i < settings.length; i += 2) {
                conf.set(settings[i], settings[i + 1]);
            }
            return conf;
        }

        private DStream<String> words() {
            if (input == Input.RECEIVED) {
                received = rig.ssc.pushStream(String.class);
                return received;
            }
            return rig.ssc.fileStream(
                    files.toString(), file -> Files.readAllLines(file).iterator(), null, false);
        }

        /** The next batch, with these words. */
        void batch(String... words) {
            send(words);
            rig.toBatch((int) (clock.time() / interval.milliseconds()) + 1);
        }

        /** These words come and wait for a batch. Those that are received are in a block of their own, which is certain. */
        void receive(String... words) {
            send(words);
            clock.advanceMs(interval.milliseconds() / 4);
            rig.work();
        }

        private void send(String... words) {
            if (input == Input.FILES) {
                put(words);
                return;
            }
            for (String word : words) {
                assertTrue(received.offer(word), word);
            }
        }

        void end(End how) {
            if (how == End.KILLED) {
                kill();
            } else {
                rig.ssc.stop(true, true);
                close();
            }
        }

        /** Nothing of what this process still does reaches the disk, or is seen. */
        void die() {
            view.end();
        }

        /** The process ends without a word. */
        void kill() {
            die();
            disk.kill();
            close();
        }

        @Override
        public void close() {
            rig.close();
        }
    }
}
