package io.millrace.ingest.net;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.millrace.ingest.net.SocketPort.Connection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NioSocketPortTest {
    private static final long LONG_NANOS = TimeUnit.HOURS.toNanos(1);

    private final SocketPort port = new NioSocketPort();

    @Test
    void bytesAreReadWhenTheyAreThereAndTheEndIsSeen() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Connection connection = port.connect(unresolved(server))) {
            ByteBuffer into = ByteBuffer.allocateDirect(16);
            try (Socket client = server.accept()) {
                finish(connection);
                assertEquals(0, connection.read(into));
                client.getOutputStream().write("hello".getBytes(UTF_8));
                connection.await(LONG_NANOS);
                assertEquals(5, connection.read(into));
            }
            connection.await(LONG_NANOS);
            assertEquals(-1, connection.read(into));
        }
    }

    @Test
    void aWakeUpBeforeTheWaitEndsItAtOnce() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Connection connection = port.connect(unresolved(server));
            finish(connection);
            connection.wakeUp();
            connection.await(LONG_NANOS);
            connection.close();
            connection.close();
            connection.wakeUp();
        }
    }

    @Test
    void aRefusedConnectionIsAnError() throws IOException {
        InetSocketAddress closed;
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = unresolved(server);
        }
        assertThrows(IOException.class, () -> {
            try (Connection connection = port.connect(closed)) {
                finish(connection);
            }
        });
    }

    @Test
    void anUnknownHostIsAnErrorThatNamesIt() {
        InetSocketAddress nowhere = InetSocketAddress.createUnresolved("no-such-host.invalid", 1);
        assertTrue(assertThrows(UnknownHostException.class, () -> port.connect(nowhere))
                .getMessage()
                .contains("no-such-host.invalid"));
    }

    private static void finish(Connection connection) throws IOException {
        while (!connection.finishConnect()) {
            connection.await(LONG_NANOS);
        }
    }

    private static InetSocketAddress unresolved(ServerSocket server) {
        return InetSocketAddress.createUnresolved(server.getInetAddress().getHostAddress(), server.getLocalPort());
    }
}
