package io.millrace.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A TCP server on this machine that sends every client the lines of a short text, over and over: something to read for
 * an example when there is nothing else. It listens on a free port of the loopback address only, and ends with the
 * process.
 */
public final class TextServer {
    private static final String TEXT = "the-mill.txt";
    private static final int PAUSE_MS = 20;

    private final ServerSocket listener;
    private final List<String> lines;

    private TextServer(ServerSocket listener, List<String> lines) {
        this.listener = listener;
        this.lines = lines;
    }

    /** Starts a server; it listens when this returns. */
    public static TextServer start() throws IOException {
        ServerSocket listener = new ServerSocket(0, 0, InetAddress.getByName("127.0.0.1"));
        TextServer server = new TextServer(listener, text());
        startThread("text-server", server::accept);
        return server;
    }

    /** Where it listens. */
    public int port() {
        return listener.getLocalPort();
    }

    /** The lines of the text. */
    static List<String> text() throws IOException {
        try (InputStream in = TextServer.class.getResourceAsStream(TEXT)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                startThread("text-server-client", () -> send(client));
            }
        } catch (IOException e) {
            System.err.println("the text server on port " + port() + " ended: " + e);
        }
    }

    private void send(Socket client) {
        try (client) {
            OutputStream out = client.getOutputStream();
            for (int i = 0; true; i = (i + 1) % lines.size()) {
                out.write((lines.get(i) + "\n").getBytes(StandardCharsets.UTF_8));
                TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
            }
        } catch (IOException e) {
            // The client went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void startThread(String name, Runnable body) {
        Thread thread = new Thread(body, name);
        thread.setDaemon(true);
        thread.start();
    }
}
