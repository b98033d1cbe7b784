package io.millrace.examples;

import io.millrace.api.DStream;
import io.millrace.api.StreamingContext;
import io.millrace.api.function.Text;
import io.millrace.api.listener.BatchInfo;
import io.millrace.api.listener.ReceiverInfo;
import io.millrace.api.listener.StreamingListener;
import io.millrace.api.listener.StreamingListenerBatchCompleted;
import io.millrace.api.listener.StreamingListenerReceiverError;
import io.millrace.api.listener.StreamingListenerReceiverStarted;

/** Watches a word count: tells of its receiver, and of each batch how many records it had and how long they took. */
public final class ListenerExample {
    private static final String USAGE = """
            Usage: ListenerExample [HOST PORT] [OPTION]...
            Counts words, and tells of each batch how many lines it had, how long it waited and how long it took.
            Without HOST and PORT, a server inside this program sends a text of its own, over and over.

            """;

    private ListenerExample() {}

    private static final class Watcher implements StreamingListener {
        @Override
        public void onReceiverStarted(StreamingListenerReceiverStarted started) {
            System.out.println("receiving from " + started.receiverInfo().name());
        }

        @Override
        public void onReceiverError(StreamingListenerReceiverError failed) {
            ReceiverInfo receiver = failed.receiverInfo();
            System.out.println(receiver.name() + ": " + receiver.lastErrorMessage());
        }

        @Override
        public void onBatchCompleted(StreamingListenerBatchCompleted completed) {
            BatchInfo batch = completed.batchInfo();
            System.out.println("batch " + batch.batchTime() + ": " + batch.numRecords() + " lines, waited "
                    + batch.schedulingDelay() + " ms, took " + batch.processingDelay() + " ms");
        }
    }

    /** Runs it; {@code --help} tells the arguments. */
    public static void main(String[] args) throws Exception {
        Arguments arguments = Arguments.of(USAGE, args);
        arguments.expectWords("HOST and PORT, or neither", 0, 2);
        String host = arguments.word(0, "127.0.0.1");
        int port = arguments.hasWords() ? arguments.port(1) : TextServer.start().port();
        StreamingContext context = new StreamingContext(arguments.conf("ListenerExample"), arguments.batch());
        context.addStreamingListener(new Watcher());

        DStream<String> lines = context.socketTextStream(host, port);
        DStream<Long> words = lines.flatMap(Text.words()).count();
        words.print();

        Ending.afterBatches(arguments.batches(), words);
        Ending.atInterrupt(context);
        context.start();
        context.awaitTermination();
    }
}
