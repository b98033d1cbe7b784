package io.millrace.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.StorageLevel;
import io.millrace.api.function.Function;
import io.millrace.ingest.IngestRoom;
import io.millrace.ingest.net.NioSocketPort;
import io.millrace.ingest.net.ScriptedSocketPort;
import io.millrace.plan.source.SocketConverterSpec;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A function of the program makes records of what a server sends. */
@Timeout(60)
class ConvertedSocketTest {
    private static final Function<InputStream, Iterable<String>> LINES =
            in -> new BufferedReader(new InputStreamReader(in, UTF_8)).lines()::iterator;

    private final ScriptedSocketPort network = new ScriptedSocketPort();

    @RegisterExtension
    final IngestRoom room = new IngestRoom().sockets(network);

    private PushedSource open(int port, Function<InputStream, ? extends Iterable<?>> converter) {
        SocketConverterSpec spec = new SocketConverterSpec(
                InetAddress.getLoopbackAddress().getHostAddress(), port, converter, StorageLevel.MEMORY_ONLY);
        PushedSource source = room.closing(SourceDrivers.open(spec, 0, room.config(), room.ports()));
        source.start();
        return source;
    }

    /** Drive it until so many records have come and so many things were told. */
    private List<Object> play(PushedSource source, int records, int told) {
        List<Object> got = new ArrayList<>();
        while (got.size() < records || room.told().size() < told) {
            source.doWork();
            got.addAll(IngestRoom.recordsOf(source.cut()));
            LockSupport.parkNanos(10_000);
        }
        return got;
    }

    @Test
    void theFunctionIsCalledOncePerConnectionAndItsRecordsAreStored() {
        network.sends("one\ntw", "o\n").sends("three\n");
        PushedSource source = open(1, LINES);
        assertEquals(List.of("one", "two"), play(source, 2, 2));
        room.stepMs(2_000);
        assertEquals(List.of("three"), play(source, 1, 4));
        assertTrue(
                room.told().get(1).contains("no more data from 127.0.0.1:1; starting again in 2000 ms"),
                room.told()::toString);
        assertEquals(1, source.counters().restarts());
    }

    @Test
    void aConverterThatGivesNullIsToldWithTheWayOut() {
        network.sends("a").sends("b");
        int[] calls = {0};
        PushedSource source = open(1, in -> calls[0]++ == 0 ? null : List.of("b"));
        play(source, 0, 2);
        room.stepMs(2_000);
        assertEquals(List.of("b"), play(source, 1, 3));
        assertTrue(
                room.told().get(1).contains("the converter of socketStream gave null; give an empty Iterable"),
                room.told()::toString);
    }

    @Test
    void recordsMayBeOfAnyClassAndTheFunctionMayFail() {
        network.sends("a").sends("b");
        int[] calls = {0};
        PushedSource source = open(1, in -> {
            if (calls[0]++ == 0) {
                throw new IllegalStateException("no header");
            }
            return List.of(in.read(), 0.5, List.of("x"));
        });
        assertEquals(List.of(), play(source, 0, 2));
        assertTrue(
                room.told().get(1).contains("failed: java.lang.IllegalStateException: no header"),
                room.told()::toString);
        room.stepMs(2_000);
        assertEquals(List.of((int) 'b', 0.5, List.of("x")), play(source, 3, 4));
        assertEquals(1, source.counters().errors());
    }

    @Test
    void aRefusedConnectionIsTriedAgain() {
        network.refused().sends("at last\n");
        PushedSource source = open(1, LINES);
        assertEquals(List.of(), play(source, 0, 2));
        room.stepMs(2_000);
        assertEquals(List.of("at last"), play(source, 1, 4));
    }

    @Test
    void aStopWakesAFunctionThatWaitsForBytesAndTakesNoHalfRecord() throws Exception {
        room.sockets(new NioSocketPort());
        CountDownLatch ended = new CountDownLatch(1);
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PushedSource source = open(server.getLocalPort(), in -> {
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, UTF_8));
                return () -> new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return true;
                    }

                    @Override
                    public String next() {
                        try {
                            return lines.readLine();
                        } catch (IOException stopped) {
                            ended.countDown();
                            throw new UncheckedIOException(stopped);
                        }
                    }
                };
            });
            source.doWork();
            try (Socket socket = server.accept();
                    OutputStream out = socket.getOutputStream()) {
                out.write("whole\nhal".getBytes(UTF_8));
                out.flush();
                assertEquals(List.of("whole"), play(source, 1, 0));
                source.requestStop();
                source.doWork();
                ended.await();
                // Only now: before, its thread may still have been leaving the store of the first record.
                source.doWork();
                assertTrue(source.isStopped());
                assertEquals(List.of(), IngestRoom.recordsOf(source.cut()));
            }
        }
    }
}
