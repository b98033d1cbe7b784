package io.millrace.campaign;

import io.millrace.checkpoint.file.FileStore;
import io.millrace.checkpoint.simulation.SimulatedCrash;
import io.millrace.testkit.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A {@link Topology} whose processes, in this JVM and on a stepped clock, come and go on one disk, and which is judged by what it gave in all
 * of them. One thread.
 */
final class SteppedGame {
    private static final String[] COMMIT_INTERVALS = {"1ms", "0", "200ms"};
    private static final String[] SNAPSHOT_BYTES = {"1k", "1k", "4k", "64m"};
    private static final int CALM_BATCHES = 2 * Topology.WINDOW_BATCHES + 2;

    private final SplittableRandom random;
    private final Topology topology;
    private final Topology.Place place;
    private final Map<String, String> settings;
    private final Words words;
    private final WordFiles input;
    private final ManualClock clock = new ManualClock(1_000_000);
    private final Results results = new Results();
    private ArmedWatch watch;

    /**
     * @param folder for the files that come in
     * @param saved for those that are saved
     */
    SteppedGame(SplittableRandom random, Topology topology, Path folder, Path saved) throws IOException {
        this.random = random;
        this.topology = topology;
        this.place = new Topology.Place(folder.resolve(KilledProgram.WATCHED), saved, null, 0);
        this.settings = Map.of(
                "millrace.checkpoint.commitInterval",
                COMMIT_INTERVALS[random.nextInt(COMMIT_INTERVALS.length)],
                "millrace.checkpoint.snapshotBytes",
                SNAPSHOT_BYTES[random.nextInt(SNAPSHOT_BYTES.length)]);
        this.words = new Words(random);
        this.input = new WordFiles(words, Files.createDirectories(place.watched()));
    }

    Topology topology() {
        return topology;
    }

    Results results() {
        return results;
    }

    /** How a life has ended. */
    enum End {
        /** All batches were run. */
        RUNNING,
        /** The engine has said what is wrong. */
        FAILED,
        /** A {@link SimulatedCrash} has ended the process. */
        CRASHED
    }

    /**
     * One process, which is not stopped.
     *
     * @param isBehind whether the last batch that was due was not run
     * @param error what it failed with, or null
     */
    record Lived(End end, boolean isBehind, Throwable error) {}

    /**
     * A life of some batches, with input, whose end is a kill unless something ends it before.
     *
     * @param points is told what the program does; null for nobody
     * @param afterLife is called when nothing reaches the disk any more, before the engine gives back what it has
     */
    Lived live(WatchedStore store, ArmedWatch points, int batches, Runnable afterLife) throws IOException {
        watch = points;
        SteppedLife life = new SteppedLife(clock, store, settings);
        Lived lived;
        try {
            start(life);
            for (int batch = 0; batch < batches; batch++) {
                input(random.nextInt(3));
                life.batch();
            }
            lived = new Lived(End.RUNNING, results.lastMs() < clock.time(), null);
        } catch (Exception | SimulatedCrash thrown) {
            // On its way out a crash may have become the failure of an output, or of the disk.
            boolean isCrash = points != null && points.hasFired();
            lived = new Lived(isCrash ? End.CRASHED : End.FAILED, true, thrown);
        }
        store.end();
        afterLife.run();
        try {
            life.close();
        } finally {
            store.release();
        }
        return lived;
    }

    private void input(int files) throws IOException {
        for (int file = 0; file < files; file++) {
            input.put(clock.time());
        }
    }

    private void start(SteppedLife life) throws Exception {
        life.start(context -> topology.build(context, place, new Ears()));
        if (watch != null) {
            watch.opened();
        }
    }

    /**
     * A last life, in which nothing goes wrong, ended by a graceful stop.
     *
     * @return what was lost, doubled or wrong in any life
     */
    List<String> calm(FileStore disk) throws Exception {
        watch = null;
        WatchedStore store = new WatchedStore(disk, Watch.NONE);
        SteppedLife life = new SteppedLife(clock, store, settings);
        try {
            start(life);
            for (int batch = 0; batch < CALM_BATCHES; batch++) {
                input(batch == 0 ? 1 : 0);
                life.batch();
            }
            life.stopGracefully();
        } finally {
            life.close();
            store.release();
        }
        List<String> failures = results.failures();
        if (!results.counts().equals(words.counts())) {
            failures.add("words that came in and were counted " + Results.difference(words.counts(), results.counts()));
        }
        if (topology == Topology.FILES) {
            failures.addAll(SavedBatches.failures(place.saved(), results.timesMs(), words.counts()));
        }
        return failures;
    }

    @Override
    public String toString() {
        return topology + " " + settings;
    }

    /** Hears the program. */
    private final class Ears implements Topology.Witness {
        private static final long serialVersionUID = 1L;

        @Override
        public void given(String what, long timeMs, Map<String, Integer> counts) {
            reach(Area.OUTPUT, Moment.BEFORE);
            results.take(what, timeMs, counts);
            reach(Area.OUTPUT, Moment.AFTER);
        }

        @Override
        public void task(Moment moment) {
            reach(Area.TASK, moment);
        }

        private void reach(Area area, Moment moment) {
            if (watch != null) {
                watch.reach(area, moment);
            }
        }
    }
}
