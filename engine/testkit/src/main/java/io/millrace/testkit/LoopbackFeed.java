package io.millrace.testkit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/**
 * A server on the loopback interface for tests of programs that read a socket: whoever connects gets what was asked for, piece
 * by piece, and is then hung up on; the next who connects gets what is next.
 *
 * <pre>{@code
 * try (LoopbackFeed feed = new LoopbackFeed()) {
 *     feed.serve("to be or n", "ot to be\n").serve("that is the question\n");
 *     DStream<String> lines = ssc.socketTextStream(feed.host(), feed.port());
 *     ...
 *     feed.awaitServed();
 * }
 * }</pre>
 *
 * <p>Thread: one of its own writes; all methods are safe from several threads. No wait is longer than 20 seconds.
 */
public final class LoopbackFeed implements AutoCloseable {
    private static final int WAIT_MS = 20_000;
    private static final List<byte[]> END = List.of();

    private final ServerSocket server;
    private final RememberedThreads threads = new RememberedThreads();
    private final BlockingQueue<List<byte[]>> asked = new LinkedBlockingQueue<>();
    private final AtomicInteger unawaited = new AtomicInteger();
    private final Semaphore served = new Semaphore(0);
    private volatile Socket connection;
    private volatile Exception failure;

    /** Listens on a free port. */
    public LoopbackFeed() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            server.setSoTimeout(WAIT_MS);
        } catch (IOException noPort) {
            throw new UncheckedIOException("no port to listen on", noPort);
        }
        Thread thread = threads.newThread(this::serveAll);
        thread.setName("loopback-feed");
        thread.start();
    }

    /** The address to connect to. */
    public String host() {
        return server.getInetAddress().getHostAddress();
    }

    /** The port to connect to. */
    public int port() {
        return server.getLocalPort();
    }

    /** What the next who connects gets, as UTF-8: each piece in a write of its own, then the end of the connection. */
    public LoopbackFeed serve(String... pieces) {
        return serve(Arrays.stream(pieces)
                .map(piece -> piece.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    /** What the next who connects gets: each piece in a write of its own, then the end of the connection. */
    public LoopbackFeed serve(byte[]... pieces) {
        unawaited.incrementAndGet();
        asked.add(new ArrayList<>(Arrays.asList(pieces)));
        return this;
    }

    /** Cut bytes into pieces of random lengths from 1 to {@code longest}. */
    public static byte[][] pieces(byte[] bytes, int longest, RandomGenerator random) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length; ) {
            int to = Math.min(bytes.length, from + 1 + random.nextInt(longest));
            pieces.add(Arrays.copyOfRange(bytes, from, to));
            from = to;
        }
        return pieces.toArray(byte[][]::new);
    }

    private void serveAll() {
        try {
            for (List<byte[]> pieces = asked.take(); pieces != END; pieces = asked.take()) {
                serveOne(pieces);
                served.release();
            }
        } catch (IOException | InterruptedException broken) {
            failure = broken;
            served.release(Integer.MAX_VALUE / 2); // whoever waits
        }
    }

    private void serveOne(List<byte[]> pieces) throws IOException {
        try (Socket accepted = server.accept()) {
            connection = accepted;
            accepted.setTcpNoDelay(true); // so that pieces tend to arrive as they were sent
            OutputStream out = accepted.getOutputStream();
            for (byte[] piece : pieces) {
                out.write(piece);
                out.flush();
            }
        }
    }

    /**
     * Wait until everything that was asked for has been sent.
     *
     * @throws AssertionError if that takes too long, or nobody connects, or a connection breaks
     */
    public void awaitServed() throws InterruptedException {
        int connections = unawaited.getAndSet(0);
        boolean inTime = served.tryAcquire(connections, WAIT_MS, TimeUnit.MILLISECONDS);
        if (!inTime || failure != null) {
            throw new AssertionError(
                    "of " + connections + " connections not all were served within " + WAIT_MS + " ms", failure);
        }
    }

    /** Stop listening, hang up, end the thread. */
    @Override
    public void close() {
        asked.add(END);
        try {
            server.close();
            if (connection != null) {
                connection.close();
            }
        } catch (IOException broken) {
            throw new UncheckedIOException("the port could not be closed", broken);
        }
        threads.assertAllEnded();
    }
}
