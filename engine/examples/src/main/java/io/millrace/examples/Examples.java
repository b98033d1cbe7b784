package io.millrace.examples;

import java.util.List;
import java.util.Optional;

/** The examples that can be run by name. */
public final class Examples {
    private static final List<Example> ALL = List.of(
            new Example("NetworkWordCount", "the words of a text from a TCP server, counted", NetworkWordCount::main),
            new Example(
                    "StatefulNetworkWordCount",
                    "the words of all text so far, counted",
                    StatefulNetworkWordCount::main),
            new Example(
                    "WindowedNetworkWordCount",
                    "the words of the last batches, counted whenever the window slides",
                    WindowedNetworkWordCount::main),
            new Example("TopWords", "the most frequent words of a window", TopWords::main),
            new Example(
                    "RecoverableNetworkWordCount",
                    "counts that go on when the program is started again",
                    RecoverableNetworkWordCount::main),
            new Example("FileWordCount", "the words of files that appear in a directory", FileWordCount::main),
            new Example("WordCountToFiles", "the counts of each batch, saved as files", WordCountToFiles::main),
            new Example("NetworkWordJoin", "each batch joined with a dataset, and sorted", NetworkWordJoin::main),
            new Example("BlacklistFilter", "a broadcast and an accumulator", BlacklistFilter::main),
            new Example("ListenerExample", "a listener that tells how the batches fare", ListenerExample::main),
            new Example("RawNetworkGrep", "lines that hold a word, from encoded blocks", RawNetworkGrep::main),
            new Example(
                    "CustomReceiver", "words counted, read by a receiver of the program's own", CustomReceiver::main),
            new Example("QueueStream", "datasets from a queue, one per batch", QueueStream::main),
            new Example("PushStream", "a service that offers its own records", PushStream::main));

    private Examples() {}

    /** A program, and what it shows in a few words. */
    public record Example(String name, String summary, Program program) {}

    /** A {@code main} method. */
    @FunctionalInterface
    public interface Program {
        /** Runs the program to its end. */
        void main(String[] args) throws Exception;
    }

    /** All examples, the first to read first. */
    public static List<Example> all() {
        return ALL;
    }

    /** The example of that name, however its letters are cased. */
    public static Optional<Example> named(String name) {
        return ALL.stream()
                .filter(example -> example.name().equalsIgnoreCase(name))
                .findFirst();
    }
}
