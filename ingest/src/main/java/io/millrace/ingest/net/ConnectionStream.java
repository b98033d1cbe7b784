package io.millrace.ingest.net;

import io.millrace.ingest.net.SocketPort.Connection;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** A connection's bytes for readers that wait. Owner: one thread. Closing it leaves the connection to its owner. */
public final class ConnectionStream extends InputStream {
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Connection connection;
    private final BooleanSupplier isEnded;
    private final byte[] one = new byte[1];

    /**
     * The bytes of a connection that stands.
     *
     * @param isEnded whether nobody wants them any more: then reading fails, instead of pretending that they ended. Asked at least once
     *     a second, and when the connection is woken up
     */
    public ConnectionStream(Connection connection, BooleanSupplier isEnded) {
        this.connection = connection;
        this.isEnded = isEnded;
    }

    @Override
    public int read() throws IOException {
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        ByteBuffer into = ByteBuffer.wrap(bytes, offset, length);
        while (true) {
            if (isEnded.getAsBoolean()) {
                throw new IOException("the receiver was stopped while it read");
            }
            int read = connection.read(into);
            if (read != 0) {
                return read;
            }
            connection.await(WAIT_NANOS);
        }
    }
}
