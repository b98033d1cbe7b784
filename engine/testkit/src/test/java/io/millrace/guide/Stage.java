package io.millrace.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.DStream;
import io.millrace.api.Durations;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.RDD;
import io.millrace.api.StreamingContext;
import io.millrace.api.StreamingContextState;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import io.millrace.testkit.RememberedThreads;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;

/**
 * What the guide's fragments stand on: the names it promises them under "How to read this page". A fragment is the body of
 * {@link #run}. The clock goes on whenever it is read, so a program that waits for a batch gets it at once, and batches have
 * the times 1000 ms, 2000 ms and so on.
 */
public abstract class Stage implements AutoCloseable {
    private static final long BATCHES_MS = 3_500;

    private final RememberedThreads threads = new RememberedThreads();
    private final ReadClock clock = new ReadClock();
    private final LocalBackend backend;

    protected final MillraceConf conf;
    protected final MillraceContext sc;
    protected final StreamingContext ssc;
    protected final DStream<String> lines;
    protected final DStream<String> sales;
    protected Path dir;

    /** A stage whose context is not started. */
    protected Stage() {
        conf = new MillraceConf(false).setMaster("local[2]").setAppName("guide");
        MillraceConf driven = conf.clone().set("millrace.drive", "caller");
        backend = new LocalBackend(driven, new EnginePorts(clock, clock, threads, address -> {
            throw new ConnectException("the guide's fragments have no network");
        }));
        sc = MillraceContext.on(backend, driven);
        ssc = new StreamingContext(sc, Durations.seconds(1));
        lines = firstBatch("to be or not to be", "that is the question");
        sales = firstBatch("de,mill,120", "fr,wheel,80", "de,wheel,90");
    }

    private DStream<String> firstBatch(String... records) {
        return ssc.queueStream(new ArrayDeque<RDD<String>>(List.of(sc.parallelize(List.of(records), 1))));
    }

    /** The fragment. */
    public abstract void run() throws Exception;

    /** Runs the fragment, and then three batches of what it has defined, unless it has done that itself. */
    final void play(Path emptyDirectory) throws Exception {
        dir = emptyDirectory;
        run();
        if (ssc.getState() == StreamingContextState.INITIALIZED
                && !ssc.plan().outputs().isEmpty()) {
            ssc.start();
        }
        if (ssc.getState() == StreamingContextState.ACTIVE) {
            ssc.awaitTerminationOrTimeout(BATCHES_MS);
        }
    }

    /** Stops everything; no memory may be held and no thread may live on. */
    @Override
    public final void close() {
        if (ssc.getState() != StreamingContextState.STOPPED) {
            ssc.stop(false, false);
        }
        sc.stop();
        assertEquals(0, backend.ledger().usedBytes(), "bytes held off the heap");
        threads.assertAllEnded();
    }
}
