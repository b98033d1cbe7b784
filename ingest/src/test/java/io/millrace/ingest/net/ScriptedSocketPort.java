package io.millrace.ingest.net;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;

/** A network that plays a script: what each connection, one after the other, does. After the script nobody answers. */
public final class ScriptedSocketPort implements SocketPort {
    private final Queue<Object> script = new ArrayDeque<>();
    private int openConnections;
    private int connects;

    /** The next connection is refused. */
    public ScriptedSocketPort refused() {
        script.add(new ConnectException("Connection refused"));
        return this;
    }

    /** The next connection fails at once. */
    public ScriptedSocketPort fails(IOException e) {
        script.add(e);
        return this;
    }

    /** The next connection sends these pieces, one a read, with a read that finds nothing between them, and then closes. */
    public ScriptedSocketPort sends(String... pieces) {
        script.add(new Served(
                true, Arrays.stream(pieces).map(piece -> piece.getBytes(UTF_8)).toArray(byte[][]::new)));
        return this;
    }

    /** As {@link #sends}, in bytes. */
    public ScriptedSocketPort sendsBytes(byte[]... pieces) {
        script.add(new Served(true, pieces));
        return this;
    }

    /** As {@link #sends}, but it stays open. */
    public ScriptedSocketPort sendsAndStays(String... pieces) {
        script.add(new Served(
                false, Arrays.stream(pieces).map(piece -> piece.getBytes(UTF_8)).toArray(byte[][]::new)));
        return this;
    }

    /** As {@link #sends}, but then reading throws {@code error} once, and after that the end. */
    public ScriptedSocketPort sendsAndThrows(Error error, String piece) {
        Served served = new Served(true, new byte[][] {piece.getBytes(UTF_8)});
        served.error = error;
        script.add(served);
        return this;
    }

    /** As {@link #sends}, but it breaks instead of closing. */
    public ScriptedSocketPort sendsAndBreaks(String... pieces) {
        byte[][] bytes =
                Arrays.stream(pieces).map(piece -> piece.getBytes(UTF_8)).toArray(byte[][]::new);
        byte[][] withBreak = Arrays.copyOf(bytes, bytes.length + 1);
        script.add(new Served(true, withBreak));
        return this;
    }

    /** How many connections are not closed. */
    public int openConnections() {
        return openConnections;
    }

    /** How many connections were asked for. */
    public int connects() {
        return connects;
    }

    @Override
    public Connection connect(InetSocketAddress address) throws IOException {
        connects++;
        Object next = script.poll();
        if (next instanceof IOException e && !(next instanceof ConnectException)) {
            throw e;
        }
        openConnections++;
        return next instanceof Served served ? served : new Refused(next);
    }

    private final class Refused implements Connection {
        private final Object reason;
        private boolean isOpen = true;

        Refused(Object reason) {
            this.reason = reason;
        }

        @Override
        public boolean finishConnect() throws IOException {
            if (reason instanceof IOException e) {
                throw e;
            }
            return false;
        }

        @Override
        public int read(ByteBuffer into) {
            throw new AssertionError("read from a connection that does not stand");
        }

        @Override
        public void await(long nanos) {}

        @Override
        public void wakeUp() {}

        @Override
        public void close() {
            openConnections -= isOpen ? 1 : 0;
            isOpen = false;
        }
    }

    private final class Served implements Connection {
        private final boolean closesAtEnd;
        private final byte[][] pieces;
        private int next;
        private int taken;
        private boolean paused;
        private Error error;
        private int finishing;
        private boolean isOpen = true;

        Served(boolean closesAtEnd, byte[][] pieces) {
            this.closesAtEnd = closesAtEnd;
            this.pieces = pieces;
        }

        @Override
        public boolean finishConnect() {
            return finishing++ > 0;
        }

        @Override
        public int read(ByteBuffer into) throws IOException {
            if (!isOpen || !into.hasRemaining()) {
                throw new AssertionError("a read with nowhere to put it, or after the close");
            }
            if (!paused && taken == 0) {
                paused = true;
                return 0;
            }
            paused = false;
            if (next == pieces.length) {
                Error thrown = error;
                error = null;
                if (thrown != null) {
                    throw thrown;
                }
                return closesAtEnd ? -1 : 0;
            }
            byte[] piece = pieces[next];
            if (piece == null) {
                throw new IOException("Connection reset");
            }
            int bytes = Math.min(piece.length - taken, into.remaining());
            into.put(piece, taken, bytes);
            taken += bytes;
            if (taken == piece.length) {
                taken = 0;
                next++;
            }
            return bytes;
        }

        @Override
        public void await(long nanos) {}

        @Override
        public void wakeUp() {}

        @Override
        public void close() {
            openConnections -= isOpen ? 1 : 0;
            isOpen = false;
        }
    }
}
