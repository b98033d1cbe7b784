package io.millrace.jmh.flow;

import java.util.Locale;

/** What counts the words: Millrace, by several doors, or a loop without an engine. */
public enum FlowSystem {
    /** The plain lambdas in a bare 2-thread loop, over strings that are decoded already. */
    BARE_STRINGS("bare loop, plain lambdas, strings decoded before the run"),
    /** The same, decoding each line from its bytes in the loop: what a flow that begins with bytes has to do. */
    BARE_DECODED("bare loop, plain lambdas, each line decoded in the loop"),
    /** The best loop we could write: two threads over the bytes, open addressing, no strings. */
    BYTES("hand-written byte loop, no engine, no strings"),
    /** A receiver that stores many lines at a time. */
    LINES_PLAIN("receiver, storeLines, plain lambdas"),
    LINES_RECOGNISED("receiver, storeLines, recognised functions"),
    /** A receiver that stores line by line. */
    RECORDS_PLAIN("receiver, store(String), plain lambdas"),
    RECORDS_RECOGNISED("receiver, store(String), recognised functions"),
    /** A loopback socket; its sender is a thread of the same process and counts as its CPU. */
    SOCKET_PLAIN("loopback socket, plain lambdas"),
    SOCKET_RECOGNISED("loopback socket, recognised functions");

    private final String description;

    FlowSystem(String description) {
        this.description = description;
    }

    /** The system of that label. */
    public static FlowSystem of(String label) {
        for (FlowSystem system : values()) {
            if (system.label().equals(label)) {
                return system;
            }
        }
        throw new IllegalArgumentException("there is no system '" + label + "'");
    }

    /** As on the command line, such as {@code lines-plain}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** In words. */
    public String description() {
        return description;
    }

    boolean isRecognised() {
        return label().endsWith("-recognised");
    }
}
