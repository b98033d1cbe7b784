package io.millrace.jmh.flow;

import io.millrace.api.DStream;
import io.millrace.api.Durations;
import io.millrace.api.MillraceConf;
import io.millrace.api.PairDStream;
import io.millrace.api.StreamingContext;
import io.millrace.jmh.data.Lines;
import io.millrace.jmh.measure.Meter;
import java.io.IOException;

/** The program on Millrace, fed without end. */
final class EngineFlow {
    private static final long DRAIN_MS = 60_000;
    private static final long POLL_MS = 20;

    private final FlowOptions options;
    private final Lines lines;
    private final Meter meter;
    private final Feed feed;
    private final WordTotals totals;

    EngineFlow(FlowOptions options, Lines lines, Meter meter) {
        this.options = options;
        this.lines = lines;
        this.meter = meter;
        this.feed = new Feed(lines);
        this.totals = new WordTotals(lines);
    }

    /** Runs until everything is measured and every line that was fed is counted; returns what differs from the judge's. */
    String run() throws Exception {
        MillraceConf conf = new MillraceConf().setMaster(options.master()).setAppName("flow");
        options.settings().forEach(conf::set);
        StreamingContext context = new StreamingContext(conf, Durations.milliseconds(options.batchMs()));
        try (LineServer server = isSocket() ? new LineServer(feed, lines) : null) {
            PairDStream<String, Integer> counts =
                    WordCount.of(open(context, server), options.system().isRecognised());
            counts.foreachRecord((count, time) -> totals.add(count._1, count._2));
            counts.foreachRDD((rdd, time) -> meter.batchEnded(totals.lines()));
            context.start();
            while (!meter.isOver()) {
                if (context.awaitTerminationOrTimeout(POLL_MS)) {
                    throw new IllegalStateException("the run ended before everything was measured");
                }
            }
            feed.stop();
            String difference = drain();
            context.stop(true, true);
            return difference;
        }
    }

    private boolean isSocket() {
        return options.system() == FlowSystem.SOCKET_PLAIN || options.system() == FlowSystem.SOCKET_RECOGNISED;
    }

    private DStream<String> open(StreamingContext context, LineServer server) throws IOException {
        return switch (options.system()) {
            case LINES_PLAIN, LINES_RECOGNISED ->
                context.receiverStream(MemoryReceiver.ofLines(feed, lines), String.class);
            case RECORDS_PLAIN, RECORDS_RECOGNISED ->
                context.receiverStream(MemoryReceiver.ofRecords(feed, lines), String.class);
            default -> context.socketTextStream("127.0.0.1", server.port());
        };
    }

    /** Waits until everything is counted, or nothing comes any more. */
    private String drain() throws InterruptedException {
        long deadline = System.nanoTime() + DRAIN_MS * 1_000_000;
        while (!feed.hasEnded() && System.nanoTime() < deadline) {
            Thread.sleep(POLL_MS);
        }
        var expected = feed.expected();
        long words = expected.values().stream().mapToLong(Long::longValue).sum();
        while (totals.words() != words && System.nanoTime() < deadline) {
            Thread.sleep(POLL_MS);
        }
        Thread.sleep(2 * options.batchMs()); // so that too many would be seen
        return totals.differenceFrom(expected);
    }
}
