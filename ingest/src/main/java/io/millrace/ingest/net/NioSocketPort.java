package io.millrace.ingest.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import org.agrona.CloseHelper;

/** The machine's own network: one non-blocking channel and one selector per connection. Thread: any. */
public final class NioSocketPort implements SocketPort {

    @Override
    public Connection connect(InetSocketAddress address) throws IOException {
        InetSocketAddress target =
                address.isUnresolved() ? new InetSocketAddress(address.getHostString(), address.getPort()) : address;
        if (target.isUnresolved()) {
            throw new UnknownHostException(address.getHostString() + " is not a host this machine knows");
        }
        SocketChannel channel = SocketChannel.open();
        Selector selector = null;
        try {
            channel.configureBlocking(false);
            channel.connect(target);
            selector = Selector.open();
            return new NioConnection(channel, selector);
        } catch (Throwable e) {
            CloseHelper.quietCloseAll(selector, channel);
            throw e;
        }
    }

    private static final class NioConnection implements Connection {
        private final SocketChannel channel;
        private final Selector selector;
        private final SelectionKey key;

        NioConnection(SocketChannel channel, Selector selector) throws IOException {
            this.channel = channel;
            this.selector = selector;
            this.key =
                    channel.register(selector, channel.isConnected() ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
        }

        @Override
        public boolean finishConnect() throws IOException {
            if (!channel.finishConnect()) {
                return false;
            }
            key.interestOps(SelectionKey.OP_READ);
            return true;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            return channel.read(into);
        }

        @Override
        public void await(long nanos) throws IOException {
            // At least one millisecond: zero would mean "for ever" to the selector.
            selector.select(ready -> {}, Math.max(1, TimeUnit.NANOSECONDS.toMillis(nanos)));
        }

        @Override
        public void wakeUp() {
            selector.wakeup();
        }

        @Override
        public void close() {
            // An error here is about a connection nobody wants any more.
            CloseHelper.quietCloseAll(selector, channel);
        }
    }
}
