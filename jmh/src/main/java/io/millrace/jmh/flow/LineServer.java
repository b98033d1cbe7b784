package io.millrace.jmh.flow;

import io.millrace.jmh.data.Lines;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Sends lines to one client over the loopback interface as fast as it reads them. */
final class LineServer implements Closeable {
    private final Feed feed;
    private final ByteBuffer bytes;
    private final ServerSocketChannel server;

    LineServer(Feed feed, Lines lines) throws IOException {
        this.feed = feed;
        bytes = ByteBuffer.allocateDirect(lines.bytes().length);
        bytes.put(lines.bytes());
        server = ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Thread thread = new Thread(this::run, "sender");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return server.socket().getLocalPort();
    }

    private void run() {
        try {
            SocketChannel client = server.accept(); // stays open: an end would be a reason to connect again
            for (int chunk = feed.next(); chunk >= 0; chunk = feed.next()) {
                int start = chunk * Lines.CHUNK_BYTES;
                bytes.clear().position(start).limit(start + Lines.CHUNK_BYTES);
                while (bytes.hasRemaining()) {
                    client.write(bytes);
                }
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
