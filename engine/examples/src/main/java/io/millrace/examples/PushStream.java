package io.millrace.examples;

import io.millrace.api.PairDStream;
import io.millrace.api.PushInputDStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.function.Typed;
import java.util.concurrent.TimeUnit;

/**
 * Stream processing inside a service: its own thread offers what happens, and carries on at once. Sums up the bytes
 * that each page of a small web site sent, per batch.
 */
public final class PushStream {
    private static final String USAGE = """
            Usage: PushStream [OPTION]...
            A service offers its requests to a stream, which sums up bytes per page; after 10 s it has no more.

            """;

    private static final String[] PAGES = {"/", "/mill", "/wheel", "/prices"};
    private static final int REQUESTS = 10_000;

    private PushStream() {}

    /** What the service tells about one answered request. */
    private record Request(String page, long bytes) {}

    /** Runs it; {@code --help} tells the arguments. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(USAGE, args);
        arguments.expectWords("options alone", 0);
        StreamingContext context = new StreamingContext(arguments.conf("PushStream"), arguments.batch());

        PushInputDStream<Request> requests = context.pushStream(Request.class);
        PairDStream<String, Long> bytesPerPage =
                requests.mapToPair(Typed.pair(Request::page, Request::bytes)).reduceByKey((a, b) -> a + b);
        bytesPerPage.print(arguments.printed());

        Ending.afterBatches(arguments.batches(), bytesPerPage);
        Ending.atInterrupt(context);
        context.start();
        Thread service = new Thread(() -> serve(requests), "service");
        service.setDaemon(true);
        service.start();
        context.awaitTermination(); // returns when the stream is complete and all of it is processed
    }

    private static void serve(PushInputDStream<Request> requests) {
        int refused = 0;
        for (int i = 0; i < REQUESTS; i++) {
            Request request = new Request(PAGES[i % PAGES.length], 500 + i % 1000);
            if (!requests.offer(request)) {
                refused++; // full: a service answers its clients rather than wait
            }
            pause();
        }
        requests.complete();
        System.out.println(REQUESTS + " requests served, " + refused + " of them not taken by the stream");
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
