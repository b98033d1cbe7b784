package io.millrace.campaign;

import io.millrace.checkpoint.file.DiskFileStore;
import io.millrace.checkpoint.file.StoreFile;
import io.millrace.checkpoint.simulation.SimulatedFileStore;
import io.millrace.testkit.ManualClock;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A checkpoint directory that a real run has left on a disk, held in memory, and what must be counted by an engine that goes on with it. One
 * thread.
 */
final class Reference {
    private static final long SEED = 17;
    private static final int BATCHES = 8;
    private static final int CHECKED_BATCHES = 3;

    private final Topology topology;
    private final Topology.Place place;
    private final Map<String, String> settings;
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, Integer> counts;
    private final List<Consumer<Results>> given = new ArrayList<>();
    private final long endedMs;

    /**
     * Make one.
     *
     * @param folder for the files that come in, which must stay
     * @param isStopped whether the run ended gracefully, or its process was killed
     */
    Reference(Topology topology, Path folder, boolean isStopped) throws Exception {
        this.topology = topology;
        this.place =
                new Topology.Place(folder.resolve(KilledProgram.WATCHED), folder.resolve(KilledProgram.SAVED), null, 0);
        this.settings = Map.of("millrace.checkpoint.commitInterval", "1ms", "millrace.checkpoint.snapshotBytes", "1k");
        ManualClock clock = new ManualClock(1_000_000);
        Words words = new Words(new SplittableRandom(SEED));
        WordFiles input = new WordFiles(words, place.watched());
        Path checkpoint = folder.resolve(KilledProgram.CHECKPOINT);
        WatchedStore store = new WatchedStore(new DiskFileStore(checkpoint), Watch.NONE);
        SteppedLife life = new SteppedLife(clock, store, settings);
        life.start(context -> topology.build(
                context, place, (what, timeMs, pairs) -> given.add(results -> results.take(what, timeMs, pairs))));
        for (int batch = 0; batch < BATCHES; batch++) {
            input.put(clock.time());
            life.batch();
        }
        if (isStopped) {
            life.stopGracefully();
        }
        store.end();
        life.close();
        store.release();
        input.put(clock.time()); // comes in when an engine goes on
        counts = words.counts();
        endedMs = clock.time();
        read(checkpoint);
    }

    private void read(Path checkpoint) throws IOException {
        try (Stream<Path> all = Files.walk(checkpoint)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(checkpoint.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
    }

    /** Of each file its bytes, by its name; not to be changed. */
    Map<String, byte[]> files() {
        return files;
    }

    /** A disk with these files. */
    static SimulatedFileStore disk(Map<String, byte[]> files) throws IOException {
        SimulatedFileStore disk = new SimulatedFileStore();
        for (String folder : List.of("meta", "batch", "state", "quarantine")) {
            disk.makeFolder(folder);
        }
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            try (StoreFile created = disk.create(file.getKey())) {
                created.write(0, ByteBuffer.wrap(file.getValue()));
                created.force(true);
            }
        }
        return disk;
    }

    /**
     * Let an engine go on with a disk.
     *
     * @return what it counted in the end beside what it should have; empty if that is the same
     * @throws Exception what the engine refuses the disk with
     */
    List<String> goOn(SimulatedFileStore disk) throws Exception {
        Results results = new Results();
        given.forEach(batch -> batch.accept(results));
        WatchedStore store = new WatchedStore(disk, Watch.NONE);
        SteppedLife life = new SteppedLife(new ManualClock(endedMs), store, settings);
        try {
            life.start(context -> topology.build(context, place, results::take));
            for (int batch = 0; batch < CHECKED_BATCHES; batch++) {
                life.batch();
            }
        } finally {
            store.end();
            life.close();
            store.release();
        }
        List<String> failures = results.failures();
        if (!results.counts().equals(counts)) {
            failures.add("words that came in and were counted " + Results.difference(counts, results.counts()));
        }
        return failures;
    }

    @Override
    public String toString() {
        return topology.toString();
    }
}
