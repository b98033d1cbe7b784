package io.millrace.campaign;

import io.millrace.api.StorageLevel;
import io.millrace.api.receiver.Receiver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Asks a {@link LineSender} for the lines behind the last one that is known, and tells it which are safe. */
final class LineReceiver extends Receiver<String> {
    private static final long serialVersionUID = 1L;

    private final int port;
    private transient volatile Socket socket;

    LineReceiver(int port) {
        super(StorageLevel.MEMORY_ONLY);
        this.port = port;
    }

    @Override
    public void onStart() {
        Thread thread = new Thread(this::receive, "line-receiver");
        thread.setDaemon(true);
        thread.start();
    }

    private void receive() {
        try (Socket connected = new Socket(InetAddress.getLoopbackAddress(), port);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(connected.getInputStream(), StandardCharsets.US_ASCII))) {
            tell(connected, lastPosition() + 1);
            socket = connected;
            for (String line = lines.readLine(); line != null && !isStopped(); line = lines.readLine()) {
                int space = line.indexOf(' ');
                store(line.substring(space + 1), Long.parseLong(line.substring(0, space)));
            }
        } catch (IOException gone) {
            if (!isStopped()) {
                restart("the sender is gone", gone);
            }
        }
    }

    private static void tell(Socket socket, long position) throws IOException {
        socket.getOutputStream().write((position + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void onAcknowledge(long position) {
        Socket connected = socket;
        if (connected != null) {
            try {
                tell(connected, position);
            } catch (IOException gone) {
                // It is told the next time.
            }
        }
    }

    @Override
    public void onStop() {
        Socket connected = socket;
        if (connected != null) {
            try {
                connected.close();
            } catch (IOException gone) {
                // It is closed.
            }
        }
    }
}
