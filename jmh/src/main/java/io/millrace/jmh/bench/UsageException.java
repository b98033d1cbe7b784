package io.millrace.jmh.bench;

/** The command line is not as the usage text says; the message tells what is wrong in one line. */
final class UsageException extends RuntimeException {
    UsageException(String message) {
        super(message);
    }
}
