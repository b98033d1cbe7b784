package io.millrace.testkit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LoopbackFeedTest {
    private static String read(LoopbackFeed feed) throws IOException {
        try (Socket socket = new Socket(feed.host(), feed.port())) {
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void eachWhoConnectsGetsWhatIsNext() throws Exception {
        try (LoopbackFeed feed = new LoopbackFeed()) {
            feed.serve("to be or n", "ot tö be\n").serve("that\n").serve(new byte[0][]);
            assertEquals("to be or not tö be\n", read(feed));
            assertEquals("that\n", read(feed));
            assertEquals("", read(feed));
            feed.awaitServed();
            feed.serve("again");
            assertEquals("again", read(feed));
            feed.awaitServed();
        }
    }

    @Test
    void closingHangsUpOnWhoeverIsThereAndOnNobody() throws Exception {
        new LoopbackFeed().close();
        LoopbackFeed feed = new LoopbackFeed();
        feed.serve(new byte[1 << 26]);
        try (Socket slow = new Socket(feed.host(), feed.port())) {
            assertEquals(0, slow.getInputStream().read());
            feed.close();
        }
        assertThrows(IOException.class, () -> read(feed));
    }

    @Test
    void randomPiecesAreTheBytesAgain() {
        byte[] bytes = new byte[1000];
        SplittableRandom random = new SplittableRandom(1);
        random.nextBytes(bytes);
        byte[][] pieces = LoopbackFeed.pieces(bytes, 7, random);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(pieces).forEach(all::writeBytes);
        assertArrayEquals(bytes, all.toByteArray());
        assertTrue(Arrays.stream(pieces).allMatch(piece -> piece.length >= 1 && piece.length <= 7));
    }
}
