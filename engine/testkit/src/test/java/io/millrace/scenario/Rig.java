package io.millrace.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.Duration;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.StreamingContext;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import io.millrace.testkit.ManualClock;
import io.millrace.testkit.RememberedThreads;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * An engine that a test drives by hand on a stepped clock, for what a {@code Scenario} cannot tell. At its end no memory may be
 * held and no thread may live on.
 */
public final class Rig implements AutoCloseable {
    public final ManualClock clock;
    public final RememberedThreads threads = new RememberedThreads();
    public final LocalBackend backend;
    public final MillraceContext context;
    public final StreamingContext ssc;
    private final long batchMs;

    /** An engine with two workers and a context with batches of that interval. */
    public Rig(Duration batch) {
        this(batch, conf -> conf);
    }

    /** The same with other settings. */
    public Rig(Duration batch, UnaryOperator<MillraceConf> settings) {
        this(batch, settings, new ManualClock(), directory -> {
            throw new IOException("this rig has no checkpoint directories");
        });
    }

    /** The same at a later time, and with checkpoints there. */
    public Rig(
            Duration batch,
            UnaryOperator<MillraceConf> settings,
            ManualClock clock,
            EnginePorts.CheckpointStores checkpoints) {
        this.clock = clock;
        MillraceConf conf = settings.apply(new MillraceConf(false)
                .setMaster("local[2]")
                .setAppName("rig")
                .set("millrace.drive", "caller")
                .set("millrace.inlineRows", "0"));
        batchMs = batch.milliseconds();
        backend = new LocalBackend(
                conf,
                new EnginePorts(clock, clock, threads, EnginePorts.ofSystem().sockets(), checkpoints));
        context = MillraceContext.on(backend, conf);
        ssc = new StreamingContext(context, batch);
    }

    /** Let the clock be at the time of that batch, counted from 1, and do all that is due. */
    public void toBatch(int batch) {
        clock.advanceTo(batch * batchMs);
        work();
    }

    /** Do all that is due. */
    public void work() {
        int work;
        do {
            work = ssc.doWork();
        } while (work > 0);
    }

    @Override
    public void close() {
        ssc.stop(true, false);
        assertEquals(0, backend.ledger().usedBytes(), "bytes held off the heap");
        threads.assertAllEnded();
    }
}
