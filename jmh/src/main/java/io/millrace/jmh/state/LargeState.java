package io.millrace.jmh.state;

import io.millrace.api.Durations;
import io.millrace.api.MillraceConf;
import io.millrace.api.PairDStream;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StateView;
import io.millrace.api.StreamingContext;
import io.millrace.api.Time;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Typed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * More keys of state than fit in memory: each key is counted once, every tenth a second time, and the counts are read back from outside.
 * Prints how long it took and what the process held. Arguments: how many keys, and how many resident bytes.
 */
public final class LargeState {
    private LargeState() {}

    /** Runs it; ends with status 1 if a count is wrong. */
    public static void main(String[] args) throws Exception {
        long keys = Long.parseLong(args[0]);
        MillraceConf conf = new MillraceConf()
                .setMaster("local[2]")
                .setAppName("LargeState")
                .set("millrace.state.residentBytes", args[1]);
        try (StreamingContext context = new StreamingContext(conf, Durations.milliseconds(200))) {
            PushInputDStream<Long> input = context.pushStream(Long.class);
            PairDStream<Long, Long> counts = input.mapToPair(Typed.longPair(key -> key, key -> 1L))
                    .updateStateByKey(Reducers.running(Reducers.sumLong()));
            counts.foreachRDD(rdd -> {});
            StateView<Long, Long> view = context.stateOf(counts);
            context.start();
            long start = System.nanoTime();
            offer(input, view, keys, 1, start);
            offer(input, view, keys, 10, start);
            while (view.size() < keys || view.get((keys - 1) / 10 * 10).orElse(0L) < 2) {
                LockSupport.parkNanos(10_000_000);
            }
            tell("all in", start);
            long wrong = 0;
            for (long key = 0; key < keys; key += keys / 10_000) {
                wrong += view.get(key).orElse(0L) == (key % 10 == 0 ? 2 : 1) ? 0 : 1;
            }
            tell("10,000 read, " + wrong + " wrong, " + view.size() + " keys", start);
            System.exit(wrong == 0 && view.size() == keys ? 0 : 1);
        }
    }

    /** Half a million records at a time, each time when two batches have passed: what a batch holds lies in Java arrays as well. */
    private static void offer(PushInputDStream<Long> input, StateView<Long, Long> view, long keys, int step, long start)
            throws Exception {
        long offered = 0;
        for (long key = 0; key < keys; key += step) {
            if (++offered % 500_000 == 0) {
                awaitTwoBatches(view);
            }
            while (!input.offer(key)) {
                LockSupport.parkNanos(100_000);
            }
            if (key % 5_000_000 == 0) {
                tell("offered " + key, start);
            }
        }
    }

    private static void awaitTwoBatches(StateView<Long, Long> view) {
        long now = timeOf(view);
        while (timeOf(view) < now + 400) {
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static long timeOf(StateView<Long, Long> view) {
        return view.asOf().map(Time::milliseconds).orElse(0L);
    }

    private static void tell(String what, long start) throws Exception {
        String memory = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("RssAnon") || line.startsWith("RssFile"))
                .map(line -> line.replaceAll("\\s+", " "))
                .toList()
                .toString();
        System.out.printf("%6.1f s  %s  %s%n", (System.nanoTime() - start) / 1e9, what, memory);
    }
}
