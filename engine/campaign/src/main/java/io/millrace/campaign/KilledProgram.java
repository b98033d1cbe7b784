package io.millrace.campaign;

import io.millrace.api.Duration;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.StreamingContext;
import io.millrace.checkpoint.file.FileStore;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;

/**
 * The process that {@link KillCampaign} kills: a {@link Topology} over files that appear in a folder, which appends what each batch gives to a
 * file. Goes on with its checkpoint, and ends gracefully when it is told to (SIGTERM).
 *
 * <p>{@code FOLDER TOPOLOGY COMMIT_INTERVAL SNAPSHOT_BYTES JDBC_URL PORT POINT OCCURRENCE}; in the folder are {@code watched}, {@code checkpoint},
 * {@code saved}, {@code results.txt} and {@code points}. It halts by itself where the {@link Point} is reached for the n-th time; {@code -} for
 * none.
 */
public final class KilledProgram {
    static final String WATCHED = "watched";
    static final String CHECKPOINT = "checkpoint";
    static final String SAVED = "saved";
    static final String RESULTS = "results.txt";
    static final String POINTS = "points";

    /** The status of a process that halts by itself, as if it was killed. */
    static final int HALTED = 137;

    private static final String NO_POINT = "-";

    private final Path folder;
    private final ArmedWatch watch;

    private KilledProgram(Path folder, ArmedWatch watch) {
        this.folder = folder;
        this.watch = watch;
    }

    /** What follows the class name in a command. */
    static String[] arguments(
            Path folder,
            Topology topology,
            String commitInterval,
            String snapshotBytes,
            String jdbcUrl,
            int port,
            Point point,
            long occurrence) {
        return new String[] {
            folder.toString(),
            topology.name(),
            commitInterval,
            snapshotBytes,
            jdbcUrl,
            Integer.toString(port),
            point == null ? NO_POINT : point.toString(),
            Long.toString(occurrence)
        };
    }

    /** Runs until it is killed or told to end, or the campaign is no more. */
    public static void main(String[] arguments) throws Exception {
        ProcessHandle.current()
                .parent()
                .ifPresent(parent ->
                        parent.onExit().thenRun(() -> Runtime.getRuntime().halt(1)));
        Path folder = Path.of(arguments[0]);
        MillraceConf conf = new MillraceConf()
                .setMaster("local[2]")
                .setAppName("killed")
                .set("millrace.checkpoint.commitInterval", arguments[2])
                .set("millrace.checkpoint.snapshotBytes", arguments[3])
                .set("millrace.checkpoint.reserveBytes", "1m")
                .set("millrace.checkpoint.receivedSegmentBytes", "64k")
                .set(
                        "millrace.streaming.receiver.writeAheadLog.enable",
                        Boolean.toString(arguments[1].equals(Topology.RECEIVED.name())))
                .set("millrace.state.store", "resident")
                .set("millrace.streaming.stopGracefullyOnShutdown", "true");
        Point point = arguments[6].equals(NO_POINT) ? null : Point.of(arguments[6]);
        ArmedWatch watch = new ArmedWatch(
                PointCounts.in(folder.resolve(POINTS)),
                point,
                Long.parseLong(arguments[7]),
                reached -> Runtime.getRuntime().halt(HALTED));
        new KilledProgram(folder, watch)
                .run(conf, Topology.valueOf(arguments[1]), arguments[4], Integer.parseInt(arguments[5]));
    }

    private void run(MillraceConf conf, Topology topology, String jdbcUrl, int port) throws InterruptedException {
        String checkpoint = folder.resolve(CHECKPOINT).toString();
        StreamingContext context = StreamingContext.getOrCreate(checkpoint, () -> {
            MillraceContext engine = MillraceContext.on(new LocalBackend(conf, ports()), conf);
            StreamingContext made = new StreamingContext(engine, new Duration(Topology.BATCH_MS));
            made.checkpoint(checkpoint);
            topology.build(
                    made,
                    new Topology.Place(folder.resolve(WATCHED), folder.resolve(SAVED), jdbcUrl, port),
                    new ResultsFile(folder.resolve(RESULTS), watch));
            return made;
        });
        context.start();
        watch.opened();
        context.awaitTermination();
    }

    private EnginePorts ports() {
        EnginePorts system = EnginePorts.ofSystem();
        EnginePorts.CheckpointStores stores = system.checkpoints();
        return new EnginePorts(
                system.epochClock(), system.nanoClock(), system.threads(), system.sockets(), directory -> {
                    FileStore store = stores.open(directory);
                    return new WatchedStore(store, watch);
                });
    }

    /** Appends what is given to a file. */
    private static final class ResultsFile implements Topology.Witness {
        private static final long serialVersionUID = 1L;

        private final transient Path file;
        private final transient ArmedWatch watch;

        ResultsFile(Path file, ArmedWatch watch) {
            this.file = file;
            this.watch = watch;
        }

        @Override
        public void task(Moment moment) {
            watch.reach(Area.TASK, moment);
        }

        @Override
        public void given(String what, long timeMs, Map<String, Integer> counts) {
            watch.reach(Area.OUTPUT, Moment.BEFORE);
            append(Results.line(what, timeMs, counts));
            watch.reach(Area.OUTPUT, Moment.AFTER);
        }

        /** In one write, so that at most the last line is torn. */
        private void append(String line) {
            try {
                Files.writeString(file, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
