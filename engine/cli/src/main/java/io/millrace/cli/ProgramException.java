package io.millrace.cli;

/** A source file is not a program that can be run; the message says why, as a user should read it. */
final class ProgramException extends Exception {
    private static final long serialVersionUID = 1L;

    ProgramException(String message) {
        super(message);
    }
}
