package io.millrace.testkit;

import io.millrace.api.DStream;
import io.millrace.api.DStreamLike;
import io.millrace.api.Duration;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.RDDActions;
import io.millrace.api.StreamingContext;
import io.millrace.api.Time;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** One story, played in one way: an engine of its own, driven by this thread on a stepped clock. */
final class Play {
    private final Script script;
    private final Function<List<DStream<?>>, ? extends DStreamLike<?, ?, ?>> program;
    private final Variant variant;
    private final ManualClock clock = new ManualClock();
    private final RememberedThreads threads = new RememberedThreads();
    private final Map<Long, Outcome> outcomes = new TreeMap<>();
    private long slideMs;

    Play(Script script, Function<List<DStream<?>>, ? extends DStreamLike<?, ?, ?>> program, Variant variant) {
        this.script = script;
        this.program = program;
        this.variant = variant;
    }

    /** Play it to its end; what each batch gave. */
    List<Outcome> run(int batches) {
        MillraceConf conf = variant.conf(script.batchMs());
        script.settings().forEach(conf::set);
        LocalBackend backend = new LocalBackend(
                conf,
                new EnginePorts(clock, clock, threads, EnginePorts.ofSystem().sockets()));
        try (MillraceContext context = MillraceContext.on(backend, conf)) {
            StreamingContext ssc = new StreamingContext(context, new Duration(script.batchMs()));
            List<InputPort> inputs = openInputs(ssc);
            lookAt(program.apply(
                    inputs.stream().<DStream<?>>map(InputPort::stream).toList()));
            ssc.start();
            for (int batch = 1; batch <= batches; batch++) {
                play(ssc, inputs, batch);
            }
            ssc.stop(false, true);
            checkErrors(ssc);
        }
        checkNothingHeld(backend);
        threads.assertAllEnded();
        return outcomesOf(batches);
    }

    private List<InputPort> openInputs(StreamingContext ssc) {
        List<InputPort> ports = new ArrayList<>();
        for (int input = 0; input < script.inputs().size(); input++) {
            ports.add(
                    switch (variant.feed()) {
                        case PUSHED -> new InputPort.Pushed(ssc);
                        case QUEUED -> new InputPort.Queued(ssc, variant.rowPerBlock());
                    });
        }
        return ports;
    }

    private void lookAt(DStreamLike<?, ?, ?> stream) {
        slideMs = stream.slideDuration().milliseconds();
        stream.foreachRDD((rdd, time) -> {
            try {
                keep(time, Outcome.of(((RDDActions<?>) rdd).collect()));
            } catch (Throwable thrown) {
                keep(time, Outcome.failed(thrown));
                throw thrown;
            }
        });
    }

    private void keep(Time time, Outcome outcome) {
        if (outcomes.put(time.milliseconds(), outcome) != null) {
            throw new AssertionError("the batch of " + time + " was run twice");
        }
    }

    private void play(StreamingContext ssc, List<InputPort> inputs, int batch) {
        long timeMs = batch * script.batchMs();
        for (int input = 0; input < inputs.size(); input++) {
            inputs.get(input).give(script.records(input, batch), () -> afterRecord(ssc, timeMs));
        }
        clock.advanceTo(timeMs);
        drive(ssc);
    }

    /** Let a block be cut, if each record is to have its own and the batch is not over by then. */
    private void afterRecord(StreamingContext ssc, long batchTimeMs) {
        if (variant.rowPerBlock() && clock.time() + 1 < batchTimeMs) {
            clock.advanceMs(1);
            drive(ssc);
        }
    }

    private static void drive(StreamingContext ssc) {
        int work;
        do {
            work = ssc.doWork();
        } while (work > 0);
    }

    private void checkErrors(StreamingContext ssc) {
        boolean hasEnded;
        try {
            hasEnded = ssc.awaitTerminationOrTimeout(0);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the play was interrupted", interrupted);
        } catch (RuntimeException | Error reported) {
            if (outcomes.values().stream().noneMatch(outcome -> isOf(outcome, reported))) {
                throw new AssertionError("the engine reported an error of no batch: " + reported, reported);
            }
            return;
        }
        if (!hasEnded) {
            throw new AssertionError("the context was stopped and has not ended");
        }
    }

    private static boolean isOf(Outcome outcome, Throwable reported) {
        return outcome.error() != null && (outcome.error() == reported || outcome.error() == reported.getCause());
    }

    private static void checkNothingHeld(LocalBackend backend) {
        long bytes = backend.ledger().usedBytes();
        if (bytes != 0) {
            throw new AssertionError(bytes + " bytes off the heap were not given back");
        }
    }

    private List<Outcome> outcomesOf(int batches) {
        List<Outcome> inOrder = new ArrayList<>();
        for (int batch = 1; batch <= batches; batch++) {
            long timeMs = batch * script.batchMs();
            boolean isDue = timeMs % slideMs == 0; // between two windows nothing is to be run, and so nothing comes out
            Outcome outcome = isDue ? outcomes.remove(timeMs) : Outcome.of(List.of());
            if (outcome == null) {
                throw new AssertionError("batch " + batch + " (" + batch * script.batchMs() + " ms) was never run");
            }
            inOrder.add(outcome);
        }
        if (!outcomes.isEmpty()) {
            throw new AssertionError("batches were run that nobody asked for, at ms " + outcomes);
        }
        return inOrder;
    }
}
