package io.millrace.examples;

import io.millrace.api.DStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.function.Text;
import java.util.ArrayList;
import java.util.List;

/**
 * Counts the lines that hold a word, of text that comes in whole blocks over several connections: the fastest way in,
 * since nothing is decoded on the way. The documented bytes of a block are in {@code offheap/docs/block-format.md}.
 */
public final class RawNetworkGrep {
    private static final String USAGE = """
            Usage: RawNetworkGrep WORD [HOST PORT] [OPTION]...
            Counts the lines that hold WORD, of text that comes in encoded blocks over several connections at once.
            Without HOST and PORT, a server inside this program sends blocks of a text of its own, over and over.

              --streams N            connections that are read in parallel (default 2)
            """;

    private static final int DEFAULT_STREAMS = 2;

    private RawNetworkGrep() {}

    /** Runs it; {@code --help} tells the arguments. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(USAGE, args);
        arguments.expectWords("WORD, or WORD, HOST and PORT", 1, 3);
        String word = arguments.word(0, "");
        String host = arguments.word(1, "127.0.0.1");
        int port =
                arguments.hasWord(2) ? arguments.port(2) : BlockServer.start().port();
        StreamingContext context = new StreamingContext(arguments.conf("RawNetworkGrep"), arguments.batch());

        List<DStream<String>> streams = new ArrayList<>();
        for (int i = 0; i < arguments.number("--streams", 1).orElse(DEFAULT_STREAMS); i++) {
            streams.add(context.rawSocketStream(host, port));
        }
        DStream<String> lines = context.union(streams.get(0), streams.subList(1, streams.size()));
        DStream<Long> hits = lines.filter(Text.contains(word)).count();
        hits.foreachRecord((count, time) -> System.out.println(time + ": " + count + " lines hold " + word));

        Ending.afterBatches(arguments.batches(), hits);
        Ending.atInterrupt(context);
        context.start();
        context.awaitTermination();
    }
}
