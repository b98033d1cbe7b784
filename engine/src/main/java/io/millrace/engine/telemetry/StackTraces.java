package io.millrace.engine.telemetry;

import io.millrace.engine.function.Texts;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Stack traces as texts. */
final class StackTraces {
    private StackTraces() {}

    /** The trace; the class and message alone if an exception of the program's throws while it is printed. */
    static String of(Throwable thrown) {
        StringWriter text = new StringWriter();
        try (PrintWriter printer = new PrintWriter(text)) {
            thrown.printStackTrace(printer);
            return text.toString();
        } catch (RuntimeException | StackOverflowError unprintable) {
            return thrown.getClass().getName() + ": " + Texts.messageOf(thrown);
        }
    }
}
