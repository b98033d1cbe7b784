package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.DStream;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.StreamingContext;
import io.millrace.api.function.Reducers;
import io.millrace.api.function.Text;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import io.millrace.testkit.LoopbackFeed;
import io.millrace.testkit.RememberedThreads;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines over a real loopback socket, on the engine's own threads and clock. */
class SocketTextTest {
    private final Map<String, Integer> counts = new TreeMap<>();
    private final AtomicLong lines = new AtomicLong();

    /** Counts words until so many lines have come, then stops gracefully; nothing may be left. */
    private void count(LoopbackFeed feed, String master, long expectedLines) throws Exception {
        RememberedThreads threads = new RememberedThreads();
        MillraceConf conf = new MillraceConf(false)
                .setMaster(master)
                .setAppName("socket")
                .set("millrace.streaming.receiverRestartDelay", "1ms");
        LocalBackend backend = new LocalBackend(conf, EnginePorts.ofSystem().withThreads(threads));
        StreamingContext ssc = new StreamingContext(MillraceContext.on(backend, conf), milliseconds(20));
        DStream<String> text = ssc.socketTextStream(feed.host(), feed.port());
        text.flatMap(Text.words())
                .mapToPair(Text.pairWith(1))
                .reduceByKey(Reducers.sumInt())
                .foreachRecord((counted, time) -> counts.merge(counted._1, counted._2, Integer::sum));
        text.count().foreachRecord((count, time) -> lines.addAndGet(count));
        ssc.start();
        while (lines.get() < expectedLines) {
            ssc.awaitTerminationOrTimeout(1); // drives, where the caller has to
        }
        feed.awaitServed();
        ssc.stop(true, true);
        assertEquals(expectedLines, lines.get());
        assertEquals(0, backend.ledger().usedBytes());
        threads.assertAllEnded();
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[0]", "local[1]", "local[2]"})
    void linesAreCountedHoweverTheyArePiecedAndTheConnectionIsTakenUpAgain(String master) throws Exception {
        try (LoopbackFeed feed = new LoopbackFeed()) {
            feed.serve("to be ", "or not to be\r", "\nthat", " is\rthe question\n")
                    .serve("to sleep", " no more")
                    .serve(new byte[0][])
                    .serve("grüße ", "an", " alle\n\n");
            count(feed, master, 6);
        }
        assertEquals(
                "{alle=1, an=1, be=2, grüße=1, is=1, more=1, no=1, not=1, or=1, question=1, sleep=1, that=1, the=1, to=3}",
                counts.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[0]", "local[2]"})
    void invalidUtf8BecomesTheReplacementCharacter(String master) throws Exception {
        byte[] bytes = "a\u0001b\n\u0001\u0001 c\n".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = bytes[i] == 1 ? (byte) 0xff : bytes[i];
        }
        try (LoopbackFeed feed = new LoopbackFeed()) {
            feed.serve(LoopbackFeed.pieces(bytes, 1, new SplittableRandom(1)));
            count(feed, master, 2);
        }
        assertEquals(Map.of("a\ufffdb", 1, "\ufffd\ufffd", 1, "c", 1), counts);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[0]", "local[2]"})
    void aMillionLinesInRandomPiecesAreAllCounted(String master) throws Exception {
        int rounds = 1000;
        StringBuilder text = new StringBuilder();
        for (int line = 0; line < 1000; line++) {
            text.append("line ").append(line).append(line % 2 == 0 ? " even\n" : " odd\r\n");
        }
        byte[] bytes = text.toString().repeat(rounds).getBytes(StandardCharsets.UTF_8);
        try (LoopbackFeed feed = new LoopbackFeed()) {
            feed.serve(LoopbackFeed.pieces(bytes, 100_000, new SplittableRandom(7)));
            count(feed, master, 1000L * rounds);
        }
        assertEquals(1003, counts.size());
        assertEquals(1_000_000, counts.get("line"));
        assertEquals(500_000, counts.get("even"));
        assertEquals(rounds, counts.get("999"));
    }
}
