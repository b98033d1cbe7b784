package io.millrace.examples;

import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32C;

/**
 * A TCP server on this machine that sends every client one block of text after the other, each after its length in four
 * bytes, big-endian. It encodes them itself, as a program in any language would: see {@code
 * offheap/docs/block-format.md}.
 */
final class BlockServer {
    private static final int HEADER_BYTES = 24;
    private static final int CHECKED_BYTES = 20;
    private static final byte[] MAGIC = {'M', 'R', 'B', 'K'};
    private static final short VERSION = 1;
    private static final short UTF8_ROWS = 6;
    private static final int PAUSE_MS = 50;

    private final ServerSocket listener;
    private final byte[] block;

    private BlockServer(ServerSocket listener, byte[] block) {
        this.listener = listener;
        this.block = block;
    }

    /** Starts a server; it listens when this returns. */
    static BlockServer start() throws IOException {
        ServerSocket listener = new ServerSocket(0, 0, InetAddress.getByName("127.0.0.1"));
        BlockServer server = new BlockServer(listener, blockOf(TextServer.text()));
        startThread("block-server", server::accept);
        return server;
    }

    /** Where it listens. */
    int port() {
        return listener.getLocalPort();
    }

    /** Header; for each row where it ends; the bytes of all rows. Little-endian. */
    static byte[] blockOf(List<String> rows) {
        List<byte[]> texts =
                rows.stream().map(row -> row.getBytes(StandardCharsets.UTF_8)).toList();
        int textBytes = texts.stream().mapToInt(text -> text.length).sum();
        int payloadBytes = rows.size() * Integer.BYTES + textBytes;
        ByteBuffer block = ByteBuffer.allocate(HEADER_BYTES + payloadBytes).order(ByteOrder.LITTLE_ENDIAN);
        block.put(MAGIC).putShort(VERSION).putShort(UTF8_ROWS);
        block.putInt(rows.size()).putInt(payloadBytes).putInt(0);
        block.position(HEADER_BYTES);
        int end = 0;
        for (byte[] text : texts) {
            end += text.length;
            block.putInt(end);
        }
        texts.forEach(block::put);

        CRC32C checksum = new CRC32C();
        checksum.update(block.array(), 0, CHECKED_BYTES);
        checksum.update(block.array(), HEADER_BYTES, payloadBytes);
        return block.putInt(CHECKED_BYTES, (int) checksum.getValue()).array();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = listener.accept();
                startThread("block-server-client", () -> send(client));
            }
        } catch (IOException e) {
            System.err.println("the block server on port " + port() + " ended: " + e);
        }
    }

    private void send(Socket client) {
        try (client) {
            DataOutputStream out = new DataOutputStream(client.getOutputStream());
            while (true) {
                out.writeInt(block.length);
                out.write(block);
                out.flush();
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
