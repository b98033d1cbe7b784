package io.millrace.jmh.flow;

import io.millrace.jmh.data.Lines;
import io.millrace.jmh.measure.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.ObjLongConsumer;

/**
 * A loop without an engine: threads that each count their share of the chunks, and meet once per batch interval, where one of
 * them takes the counts of all over into the totals. There is no hand-over, no receiver, no order to keep.
 */
final class BareFlow {
    /** One thread's counting. */
    interface Counter {
        /** Count the words of one chunk. */
        void count(int chunk) throws Exception;

        /** Give all counts away and begin anew. */
        void drainTo(ObjLongConsumer<String> totals);
    }

    private final FlowOptions options;
    private final Lines lines;
    private final Meter meter;
    private final List<Counter> counters;
    private final WordTotals totals;
    private final CyclicBarrier batchEnd;
    private final long[] timesFed;
    private volatile long batchDueNanos;
    private volatile Throwable failure;

    /** @param counters one for each thread; there are as many threads */
    BareFlow(FlowOptions options, Lines lines, Meter meter, List<? extends Counter> counters) {
        this.options = options;
        this.lines = lines;
        this.meter = meter;
        this.counters = List.copyOf(counters);
        this.totals = new WordTotals(lines);
        this.batchEnd = new CyclicBarrier(counters.size(), this::endBatch);
        this.timesFed = new long[lines.chunks()];
    }

    /** Runs until everything is measured; returns what differs from the judge's counts. */
    String run() throws Exception {
        List<Thread> threads = new ArrayList<>();
        batchDueNanos = System.nanoTime() + batchNanos();
        for (int share = 0; share < counters.size(); share++) {
            int own = share;
            Thread thread = new Thread(() -> countShare(own), "counter-" + share);
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (failure != null) {
            throw new IllegalStateException("a counting thread failed", failure);
        }
        Map<String, Long> expected = lines.countWords(timesFed);
        return totals.differenceFrom(expected);
    }

    private long batchNanos() {
        return options.batchMs() * 1_000_000;
    }

    /** Every n-th chunk, each with one writer. */
    private void countShare(int share) {
        try {
            int chunk = share;
            while (!meter.isOver()) {
                while (System.nanoTime() - batchDueNanos < 0) {
                    counters.get(share).count(chunk);
                    timesFed[chunk]++;
                    chunk += counters.size();
                    chunk = chunk < timesFed.length ? chunk : share;
                }
                batchEnd.await();
            }
        } catch (BrokenBarrierException other) {
            // The thread that broke it has said why.
        } catch (Throwable thrown) {
            failure = thrown;
            batchEnd.reset();
        }
    }

    private void endBatch() {
        for (Counter counter : counters) {
            counter.drainTo(totals::add);
        }
        meter.batchEnded(totals.lines());
        batchDueNanos = System.nanoTime() + batchNanos();
    }
}
