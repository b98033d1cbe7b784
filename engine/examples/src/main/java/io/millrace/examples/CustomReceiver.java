package io.millrace.examples;

import io.millrace.api.DStream;
import io.millrace.api.PairDStream;
import io.millrace.api.StorageLevel;
import io.millrace.api.StreamingContext;
import io.millrace.api.Tuple2;
import io.millrace.api.receiver.Receiver;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A receiver of one's own: reads lines from a TCP server and connects again when it is lost, as the guide's custom
 * receiver does. The program around it counts words.
 */
public final class CustomReceiver extends Receiver<String> {
    private static final long serialVersionUID = 1L;

    private static final String USAGE = """
            Usage: CustomReceiver [HOST PORT] [OPTION]...
            Counts words, read from a TCP server by a receiver written in the program itself.
            Without HOST and PORT, a server inside this program sends a text of its own, over and over.

            """;

    private final String host;
    private final int port;
    private transient volatile Socket socket;

    /** A receiver of the lines that the server there sends. */
    public CustomReceiver(String host, int port) {
        super(StorageLevel.MEMORY_ONLY);
        this.host = host;
        this.port = port;
    }

    /** Runs it; {@code --help} tells the arguments. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(USAGE, args);
        arguments.expectWords("HOST and PORT, or neither", 0, 2);
        String host = arguments.word(0, "127.0.0.1");
        int port = arguments.hasWords() ? arguments.port(1) : TextServer.start().port();
        StreamingContext context = new StreamingContext(arguments.conf("CustomReceiver"), arguments.batch());

        DStream<String> lines = context.receiverStream(new CustomReceiver(host, port));
        DStream<String> words =
                lines.flatMap(line -> Arrays.asList(line.split(" ")).iterator());
        PairDStream<String, Integer> counts =
                words.mapToPair(word -> new Tuple2<>(word, 1)).reduceByKey((a, b) -> a + b);
        counts.print(arguments.printed());

        Ending.afterBatches(arguments.batches(), counts);
        Ending.atInterrupt(context);
        context.start();
        context.awaitTermination();
    }

    @Override
    public void onStart() {
        new Thread(this::receive, "custom-receiver").start();
    }

    @Override
    public void onStop() {
        try {
            Socket open = socket;
            if (open != null) {
                open.close(); // so that a thread that waits in readLine() sees the end
            }
        } catch (IOException e) {
            reportError("Could not close the connection", e);
        }
    }

    private void receive() {
        try (Socket connection = new Socket(host, port)) {
            socket = connection;
            BufferedReader reader =
                    new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
            String line;
            while (!isStopped() && (line = reader.readLine()) != null) {
                store(line);
            }
            restartUnlessStopped("The server closed the connection; trying to connect again", null);
        } catch (IOException e) {
            restartUnlessStopped("Could not read from " + host + ":" + port, e);
        }
    }

    private void restartUnlessStopped(String message, IOException error) {
        if (!isStopped()) {
            restart(message, error);
        }
    }
}
