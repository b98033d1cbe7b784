package io.millrace.campaign;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends lines to whoever connects, from the position on that it asks for, and forgets those that it is told are safe. Any thread may put
 * lines; threads of its own send them.
 */
final class LineSender implements AutoCloseable {
    private final ServerSocket server;
    // Guarded by this.
    private final List<String> lines = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private long safe = -1;
    private int connections;
    private boolean isClosed;

    LineSender() throws IOException {
        server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    synchronized void put(String line) {
        lines.add(line);
        notifyAll();
    }

    /** What those that connected have asked for and cannot be given. */
    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    private static void start(Runnable body) {
        Thread thread = new Thread(body, "line-sender");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (true) {
            try {
                Socket socket = server.accept();
                start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket;
                BufferedReader orders =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            String first = orders.readLine();
            if (first == null) {
                return;
            }
            long position = Long.parseLong(first);
            int connection = connected(position);
            start(() -> send(socket, connection, position));
            for (String order = orders.readLine(); order != null; order = orders.readLine()) {
                forget(Long.parseLong(order));
            }
        } catch (IOException gone) {
            // The process was killed; another one connects.
        }
    }

    private synchronized int connected(long position) {
        if (position <= safe) {
            complaints.add("line " + position + " was asked for, and " + safe + " was safe");
        }
        notifyAll();
        return ++connections;
    }

    private synchronized void forget(long position) {
        safe = Math.max(safe, position);
    }

    private void send(Socket socket, int connection, long first) {
        try {
            Writer out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.US_ASCII);
            long position = first;
            for (String line = await(connection, position); line != null; line = await(connection, position)) {
                out.write(position + " " + line + "\n");
                out.flush();
                position++;
            }
        } catch (IOException gone) {
            // As above.
        }
    }

    /** @return null if it is over for this connection */
    private synchronized String await(int connection, long position) {
        while (position >= lines.size() && connection == connections && !isClosed) {
            try {
                wait();
            } catch (InterruptedException stop) {
                return null;
            }
        }
        return connection == connections && !isClosed ? lines.get((int) position) : null;
    }

    @Override
    public void close() throws IOException {
        synchronized (this) {
            isClosed = true;
            notifyAll();
        }
        server.close();
    }
}
