package io.millrace.scenario;

import static io.millrace.api.Durations.milliseconds;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.millrace.api.DStream;
import io.millrace.api.MillraceConf;
import io.millrace.api.MillraceContext;
import io.millrace.api.StorageLevel;
import io.millrace.api.StreamingContext;
import io.millrace.api.function.Function;
import io.millrace.engine.local.EnginePorts;
import io.millrace.engine.local.LocalBackend;
import io.millrace.offheap.block.BlockWriter;
import io.millrace.offheap.column.ElementType;
import io.millrace.testkit.LoopbackFeed;
import io.millrace.testkit.RememberedThreads;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Raw and converted sockets over a real loopback connection (behaviour spec 1.1 and 5.11). */
@Timeout(120)
class SocketBlocksTest {
    /** As the guide's readers write it: all lines of a connection, read to its end. */
    private static final class Converter implements Function<InputStream, Iterable<String>> {
        private static final long serialVersionUID = 1L;

        @Override
        public Iterable<String> call(InputStream in) throws IOException {
            BufferedReader reader = new BufferedReader(new InputStreamReader(in, UTF_8));
            List<String> out = new ArrayList<>();
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                out.add(line);
            }
            return out;
        }
    }

    /** Says what the program reads. */
    private interface Opening {
        DStream<?> open(StreamingContext ssc);
    }

    private static List<Object> receive(String master, int records, Opening opening) throws Exception {
        List<Object> received = Collections.synchronizedList(new ArrayList<>());
        RememberedThreads threads = new RememberedThreads();
        MillraceConf conf = new MillraceConf(false)
                .setMaster(master)
                .setAppName("sockets")
                .set("millrace.streaming.allowMultipleContexts", "true")
                .set("millrace.streaming.receiverRestartDelay", "1ms");
        LocalBackend backend = new LocalBackend(conf, EnginePorts.ofSystem().withThreads(threads));
        StreamingContext ssc = new StreamingContext(MillraceContext.on(backend, conf), milliseconds(10));
        opening.open(ssc).foreachRecord((record, time) -> received.add(record));
        ssc.start();
        while (received.size() < records) {
            ssc.awaitTerminationOrTimeout(1);
        }
        ssc.stop(true, true);
        assertEquals(0, backend.ledger().usedBytes());
        threads.assertAllEnded();
        return received;
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[0]", "local[1]", "local[2]"})
    void aConverterIsCalledForEachConnection(String master) throws Exception {
        try (LoopbackFeed feed = new LoopbackFeed()) {
            feed.serve("one\ntw", "o\n").serve("grü", "ße");
            List<Object> received = receive(
                    master,
                    3,
                    ssc -> ssc.socketStream(feed.host(), feed.port(), new Converter(), StorageLevel.MEMORY_ONLY()));
            assertEquals(List.of("one", "two", "grüße"), received);
            feed.awaitServed();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"local[0]", "local[1]", "local[2]"})
    void blocksComeThroughARawSocketAndADamagedOneCostsOnlyItself(String master) throws Exception {
        ByteArrayOutputStream good = new ByteArrayOutputStream();
        List<Object> expected = new ArrayList<>();
        for (int block = 0; block < 20; block++) {
            BlockWriter numbers = new BlockWriter(ElementType.INT);
            for (int i = 0; i < 500; i++) {
                numbers.appendLong(block * 500 + i);
                expected.add(block * 500 + i);
            }
            good.writeBytes(frame(numbers.finish()));
        }
        BlockWriter texts = new BlockWriter(ElementType.UTF8);
        texts.appendText("grüße");
        byte[] text = frame(texts.finish());
        byte[] damaged = text.clone();
        damaged[damaged.length - 1] ^= 1;
        expected.add("grüße");
        try (LoopbackFeed feed = new LoopbackFeed()) {
            feed.serve(LoopbackFeed.pieces(good.toByteArray(), 9_000, new SplittableRandom(5)))
                    .serve(new byte[][] {damaged})
                    .serve(new byte[][] {text});
            List<Object> received =
                    receive(master, expected.size(), ssc -> ssc.<Object>rawSocketStream(feed.host(), feed.port()));
            assertEquals(expected, received);
            feed.awaitServed();
        }
    }

    private static byte[] frame(ByteBuffer block) {
        return ByteBuffer.allocate(4 + block.remaining())
                .putInt(block.remaining())
                .put(block)
                .array();
    }
}
