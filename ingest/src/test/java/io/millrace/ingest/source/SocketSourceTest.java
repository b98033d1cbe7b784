package io.millrace.ingest.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.api.StorageLevel;
import io.millrace.ingest.IngestEvents;
import io.millrace.ingest.IngestPorts;
import io.millrace.ingest.IngestRoom;
import io.millrace.ingest.QuietEvents;
import io.millrace.ingest.net.NioSocketPort;
import io.millrace.ingest.net.ScriptedSocketPort;
import io.millrace.plan.source.SocketTextSpec;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

class SocketSourceTest {
    private final ScriptedSocketPort network = new ScriptedSocketPort();

    @RegisterExtension
    final IngestRoom room = new IngestRoom().sockets(network);

    @Test
    void linesArriveWhateverThePiecesTheyAreSentIn() {
        network.sends("to be\nor ", "not", " to be\r", "\nthat is\n");
        PushedSource source = open();
        assertEquals(List.of("to be", "or not to be", "that is"), play(source));
    }

    @Test
    void aConnectionClosedByTheServerIsMadeAnewAfterTheRestartDelay() {
        network.sends("one\ntw").sends("o\nthree\n");
        PushedSource source = open();
        assertEquals(List.of("one", "tw"), play(source), "what stands before the end is a line");
        assertEquals(1, network.connects());

        room.stepMs(1_999);
        assertEquals(List.of(), play(source));
        assertEquals(1, network.connects());

        room.stepMs(1);
        assertEquals(List.of("o", "three"), play(source));
        assertEquals(
                List.of(
                        "started 0 socket host:1",
                        "stopped 0 no more data from host:1; connecting again in 2000 ms",
                        "started 0 socket host:1",
                        "stopped 0 no more data from host:1; connecting again in 2000 ms"),
                room.told());
        assertEquals(1, source.counters().restarts());
        assertEquals(0, network.openConnections());
    }

    @Test
    void aRefusedConnectionIsReportedAndTriedAgainForEver() {
        network.refused().fails(new UnknownHostException("no such host")).sends("at last\n");
        PushedSource source = open();
        assertEquals(List.of(), play(source));
        room.stepMs(2_000);
        assertEquals(List.of(), play(source));
        room.stepMs(2_000);
        assertEquals(List.of("at last"), play(source));
        assertEquals(
                List.of(
                        "error 0 cannot connect to host:1: Connection refused; trying again in 2000 ms"
                                + " <- Connection refused",
                        "error 0 cannot connect to host:1: no such host; trying again in 2000 ms <- no such host",
                        "started 0 socket host:1"),
                room.told().subList(0, 3));
        assertEquals(2, source.counters().errors());
        assertEquals(2, source.counters().restarts());
    }

    @Test
    void aBrokenConnectionIsReportedAndWhatCameBeforeIsKept() {
        network.sendsAndBreaks("whole\nhalf").sends("next\n");
        PushedSource source = open();
        assertEquals(List.of("whole", "half"), play(source));
        room.stepMs(2_000);
        assertEquals(List.of("next"), play(source));
        assertEquals(
                "stopped 0 reading from host:1 failed: Connection reset; connecting again in 2000 ms"
                        + " <- Connection reset",
                room.told().get(1));
    }

    @Test
    void withoutRoomItStopsReadingAndLosesNothing() {
        List<String> lines = Collections.nCopies(2_000, "a line of thirty-two characters.");
        network.sends(String.join("\n", lines));
        PushedSource source = open();
        while (source.doWork() > 0 || source.counters().ringFull() == 0) {
            Thread.onSpinWait();
        }
        assertTrue(source.counters().records() < lines.size());
        assertEquals(1, source.counters().ringFull());
        assertEquals(lines, play(source));
    }

    @Test
    void aStopLetsLinesThatWereReadInAndCutsTheUnfinishedOne() {
        network.sendsAndStays("whole\nunfini");
        PushedSource source = open();
        while (source.counters().records() == 0) {
            source.doWork();
        }
        source.requestStop();
        assertFalse(source.isStopped());
        source.doWork();
        assertTrue(source.isStopped());
        assertEquals(List.of("whole"), IngestRoom.recordsOf(source.cut()));
        assertEquals(0, network.openConnections());
        assertNull(source.cut());
    }

    @Test
    void aStopWithAFullRingWaitsUntilTheLinesReadHaveFoundRoom() {
        List<String> lines = Collections.nCopies(200, "x".repeat(400));
        network.sendsAndStays(String.join("\n", lines) + "\n");
        PushedSource source = open();
        while (source.doWork() > 0 || source.counters().ringFull() == 0) {
            Thread.onSpinWait();
        }
        source.requestStop();
        List<Object> got = new ArrayList<>();
        while (!source.isStopped()) {
            source.doWork();
            got.addAll(IngestRoom.recordsOf(source.cut()));
        }
        got.addAll(IngestRoom.recordsOf(source.cut()));
        assertEquals(lines.subList(0, got.size()), got);
        assertEquals(got.size(), source.counters().records());
    }

    @Test
    void aSourceThatNeverStartedIsStoppedAtOnce() {
        PushedSource source = room.closing(SourceDrivers.open(spec("host", 1), 0, room.config(), room.ports()));
        source.requestStop();
        assertTrue(source.isStopped());
        source.close();
        assertEquals(0, network.connects());
    }

    @Test
    @Timeout(60)
    void overARealSocketLinesArriveAcrossAReconnectAndTheThreadEnds() throws IOException {
        room.withThreads().sockets(new NioSocketPort()).slabBytes(16 << 10);
        int lines = 20_000;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread feed = new Thread(() -> {
                serve(server, 0, lines / 2);
                serve(server, lines / 2, lines);
            });
            feed.start();
            PushedSource source = room.closing(SourceDrivers.open(
                    spec(server.getInetAddress().getHostAddress(), server.getLocalPort()),
                    3,
                    room.config(),
                    room.ports()));
            source.start();
            List<Object> got = new ArrayList<>();
            while (got.size() < lines) {
                List<Object> more = IngestRoom.recordsOf(source.cut());
                got.addAll(more);
                if (more.isEmpty()) {
                    room.stepMs(500);
                    room.consumerBell().await(1_000_000);
                }
            }
            for (int i = 0; i < lines; i++) {
                assertEquals("line " + i + " grün", got.get(i));
            }
            source.close();
            assertTrue(source.isStopped());
        }
    }

    @Test
    @Timeout(60)
    void aThreadThatWaitsForDataIsWokenByAStop() throws IOException {
        room.withThreads().sockets(new NioSocketPort());
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            PushedSource source = room.closing(SourceDrivers.open(
                    spec(server.getInetAddress().getHostAddress(), server.getLocalPort()),
                    0,
                    room.config(),
                    room.ports()));
            source.start();
            try (Socket client = server.accept()) {
                assertTrue(client.isConnected());
                source.requestStop();
                while (!source.isStopped()) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        }
    }

    private static void serve(ServerSocket server, int from, int to) {
        try (Socket client = server.accept()) {
            OutputStream out = client.getOutputStream();
            for (int i = from; i < to; i++) {
                out.write(("line " + i + " grün" + (i % 2 == 0 ? "\n" : "\r\n")).getBytes(UTF_8));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Drive the source until it does nothing more on this clock, and return what it brought. */
    private static List<Object> play(PushedSource source) {
        List<Object> records = new ArrayList<>();
        int idle = 0;
        while (idle < 5) {
            idle = source.doWork() == 0 ? idle + 1 : 0;
            records.addAll(IngestRoom.recordsOf(source.cut()));
        }
        return records;
    }

    private PushedSource open() {
        PushedSource source = SourceDrivers.open(spec("host", 1), 0, room.config(), room.ports());
        source.start();
        return room.closing(source);
    }

    private static SocketTextSpec spec(String host, int port) {
        return new SocketTextSpec(host, port, StorageLevel.MEMORY_ONLY);
    }

    @Test
    void anErrorOfTheJvmIsCountedAndReportedAndTheSourceGoesOn() {
        network.sendsAndThrows(new OutOfMemoryError("Java heap space"), "whole\n")
                .sends("next\n");
        PushedSource source = open();
        assertEquals(List.of("whole"), play(source));
        assertEquals(1, source.counters().errors());
        assertEquals(
                "stopped 0 reading from host:1 failed: java.lang.OutOfMemoryError: Java heap space; connecting again in"
                        + " 2000 ms <- Java heap space",
                room.told().get(1));
        room.stepMs(2_000);
        assertEquals(List.of("next"), play(source));
    }

    @Test
    @Timeout(60)
    void aThreadOutlivesAnErrorOfTheJvm() {
        room.withThreads().sockets(address -> {
            throw new OutOfMemoryError("Java heap space");
        });
        PushedSource source = open();
        awaitErrors(source, 1);
        room.stepMs(2_000);
        awaitErrors(source, 2);
        source.requestStop();
        awaitStop(source);
    }

    @Test
    @Timeout(60)
    void aThreadThatDiesAllTheSameSaysSoAndNoStopWaitsForIt() {
        List<String> told = new CopyOnWriteArrayList<>();
        room.withThreads().sockets(address -> {
            throw new IOException("refused");
        });
        IngestEvents throwing = new QuietEvents() {
            @Override
            public void receiverError(int streamId, String message, Throwable error) {
                told.add(message);
                if (told.size() == 1) {
                    throw new IllegalStateException("a listener that throws");
                }
            }
        };
        PushedSource source = room.closing(SourceDrivers.open(spec("host", 1), 0, room.config(), room.ports(throwing)));
        source.start();
        awaitErrors(source, 2);
        source.requestStop();
        awaitStop(source);
        assertEquals(
                "socket host:1 has ended for good, its thread failed: java.lang.IllegalStateException: a listener that"
                        + " throws",
                told.get(1));
    }

    @Test
    void aSourceWhoseThreadCannotBeMadeIsStoppedAtOnce() {
        room.withThreads();
        IngestPorts ports = room.ports();
        IngestPorts withoutThreads = new IngestPorts(
                ports.ledger(),
                ports.slabs(),
                ports.clock(),
                body -> {
                    throw new OutOfMemoryError("unable to create native thread");
                },
                ports.sockets(),
                ports.consumerBell(),
                ports.events(),
                false,
                false);
        PushedSource source = room.closing(SourceDrivers.open(spec("host", 1), 0, room.config(), withoutThreads));
        assertThrows(OutOfMemoryError.class, source::start);
        source.requestStop();
        assertTrue(source.isStopped());
    }

    private static void awaitErrors(PushedSource source, int errors) {
        while (source.counters().errors() < errors) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    private static void awaitStop(PushedSource source) {
        while (!source.isStopped()) {
            LockSupport.parkNanos(1_000_000);
        }
    }
}
