package io.millrace.examples;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * A TCP server that sends a text as unkindly as the network does. Also a program, for scripts/try-word-count:
 * {@code java TextFeed.java FILE WAY SEED LINES} writes the lines a client has to see to the file LINES, prints its port,
 * and serves until it is ended.
 */
final class TextFeed implements AutoCloseable {
    /** How a text is sent. */
    enum Way {
        /** In random pieces over one connection, so that reads end inside words and characters. */
        PIECES,
        /** Over many connections, each closed between two lines. */
        RECONNECT,
        /** Over many connections, each closed anywhere: the two halves of a line are two lines. */
        CUT,
        /** 100,000 lines, the text over and over, as fast as they go. */
        BURST
    }

    private static final int BURST_LINES = 100_000;
    private static final int MOST_CONNECTIONS = 20;

    private final ServerSocket listener;
    private final List<List<byte[]>> connections;
    /** Stays open when all is sent, as that of a server with nothing more to tell. */
    private volatile Socket last;

    private TextFeed(ServerSocket listener, List<List<byte[]>> connections) {
        this.listener = listener;
        this.connections = connections;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        byte[] text = (Files.readString(Path.of(args[0])).stripTrailing() + "\n").getBytes(StandardCharsets.UTF_8);
        Way way = Way.valueOf(args[1].toUpperCase(Locale.ROOT));
        TextFeed feed = start(text, way, Long.parseLong(args[2]));
        Files.write(Path.of(args[3]), feed.lines());
        System.out.println(feed.port());
        Thread.currentThread().join(); // for ever, so that connections stay
    }

    /** A server of a text that ends with a line end, on a free port; the seed decides where the text is cut. */
    static TextFeed start(byte[] text, Way way, long seed) throws IOException {
        Random random = new Random(seed);
        List<List<byte[]>> connections = switch (way) {
            case PIECES -> List.of(pieces(text, random));
            case RECONNECT -> reconnecting(text, random, true);
            case CUT -> reconnecting(text, random, false);
            case BURST -> List.of(List.of(repeated(text)));
        };
        TextFeed feed = new TextFeed(new ServerSocket(0, 0, InetAddress.getByName("127.0.0.1")), connections);
        new Thread(feed::serve, "text-feed").start();
        return feed;
    }

    int port() {
        return listener.getLocalPort();
    }

    /** The lines that a client has to see over all connections. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        for (List<byte[]> pieces : connections) {
            ByteArrayOutputStream whole = new ByteArrayOutputStream();
            pieces.forEach(whole::writeBytes);
            whole.toString(StandardCharsets.UTF_8).lines().forEach(lines::add);
        }
        return lines;
    }

    private static List<byte[]> pieces(byte[] text, Random random) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < text.length; ) {
            int most = random.nextInt(10) == 0 ? 20_000 : 200;
            int to = Math.min(text.length, from + 1 + random.nextInt(most));
            pieces.add(Arrays.copyOfRange(text, from, to));
            from = to;
        }
        return pieces;
    }

    private static List<List<byte[]>> reconnecting(byte[] text, Random random, boolean betweenLines) {
        List<List<byte[]>> connections = new ArrayList<>();
        for (int from = 0; from < text.length; ) {
            int to = Math.min(text.length, from + 1 + random.nextInt(2 * text.length / MOST_CONNECTIONS + 1));
            while (to < text.length && !mayCut(text, to, betweenLines)) {
                to++;
            }
            connections.add(pieces(Arrays.copyOfRange(text, from, to), random));
            from = to;
        }
        return connections;
    }

    /** Never inside a character, or inside CR LF: then the halves would not be what one sees in the text. */
    private static boolean mayCut(byte[] text, int at, boolean betweenLines) {
        boolean isInsideCharacter = (text[at] & 0xC0) == 0x80;
        boolean isInsideLineEnd = text[at - 1] == '\r' && text[at] == '\n';
        return betweenLines ? text[at - 1] == '\n' : !isInsideCharacter && !isInsideLineEnd;
    }

    private static byte[] repeated(byte[] text) {
        List<String> lines = new String(text, StandardCharsets.UTF_8).lines().toList();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < BURST_LINES; i++) {
            all.append(lines.get(i % lines.size())).append('\n');
        }
        return all.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void serve() {
        try {
            for (List<byte[]> pieces : connections.subList(0, connections.size() - 1)) {
                try (Socket client = listener.accept()) {
                    send(client, pieces);
                }
            }
            last = listener.accept();
            send(last, connections.get(connections.size() - 1));
        } catch (IOException e) {
            // Closed, or the client went away: its counts tell.
        }
    }

    private static void send(Socket client, List<byte[]> pieces) throws IOException {
        client.setTcpNoDelay(true);
        OutputStream out = client.getOutputStream();
        for (byte[] piece : pieces) {
            out.write(piece);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        if (last != null) {
            last.close();
        }
    }
}
