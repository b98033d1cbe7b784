package io.millrace.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.*;
import io.millrace.testkit.LoopbackFeed;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spark's guide, "Initializing StreamingContext" and "How to configure Checkpointing", as far as there is no checkpoint. */
@Timeout(60)
class PortedContextsTest {
    private final String appName = "contexts";
    private final String master = "local[2]";

    @TempDir
    Path directory;

    @Test
    void aContextIsMadeFromAConfiguration() {
        MillraceConf conf = new MillraceConf().setAppName(appName).setMaster(master);
        StreamingContext ssc = new StreamingContext(conf, new Duration(1000));
        assertEquals(appName, ssc.sparkContext().appName());
        ssc.stop();
    }

    @Test
    void anEngineIsUsedForOneContextAfterTheOther() {
        MillraceContext sc = new MillraceContext(master, appName);
        StreamingContext ssc = new StreamingContext(sc, Durations.seconds(1));
        ssc.queueStream(new java.util.ArrayDeque<RDD<String>>()).print();
        ssc.start();
        ssc.stop(false);

        StreamingContext next = new StreamingContext(sc, Durations.seconds(1));
        assertEquals(3, next.sparkContext().parallelize(List.of(1, 2, 3)).count());
        next.stop(true, true);
    }

    @Test
    void theFactoryIsAskedWhereThereIsNoCheckpoint() throws Exception {
        List<String> seen = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch all = new CountDownLatch(2);
        String checkpointDirectory = directory.resolve("checkpoint").toString();
        MillraceConf conf = new MillraceConf().setAppName(appName).setMaster(master);
        try (LoopbackFeed feed = new LoopbackFeed()) {
            feed.serve("to be\n", "or not\n");

            StreamingContextFactory contextFactory = new StreamingContextFactory() {
                private static final long serialVersionUID = 1L;

                @Override
                public StreamingContext create() {
                    StreamingContext jssc = new StreamingContext(conf, Durations.milliseconds(50));
                    DStream<String> lines = jssc.socketTextStream("localhost", feed.port());
                    lines.foreachRecord((line, time) -> {
                        seen.add(line);
                        all.countDown();
                    });
                    jssc.checkpoint(checkpointDirectory);
                    return jssc;
                }
            };
            StreamingContext context = StreamingContext.getOrCreate(checkpointDirectory, contextFactory);

            context.remember(Durations.minutes(5)); // additional setup, in both cases

            CompletableFuture<Void> stop = CompletableFuture.runAsync(() -> {
                try {
                    all.await();
                } catch (InterruptedException interrupted) {
                    throw new AssertionError(interrupted);
                }
                context.stop(true, true);
            });
            context.start();
            context.awaitTermination();
            stop.get();
        }
        assertEquals(List.of("to be", "or not"), seen);
        assertTrue(StreamingContext.getActive().isEmpty());
    }
}
