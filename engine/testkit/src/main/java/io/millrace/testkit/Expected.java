package io.millrace.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What is expected of one batch. */
interface Expected {
    /** @throws AssertionError if it is something else */
    void check(Outcome outcome);

    /** Exactly these records, in any order. */
    static Expected anyOrder(List<?> expected) {
        return outcome -> {
            List<?> given = outcome.recordsOrFail();
            List<Object> missing = new ArrayList<>(expected);
            List<Object> tooMuch = new ArrayList<>();
            for (Object record : given) {
                if (!missing.remove(record)) {
                    tooMuch.add(record);
                }
            }
            if (!missing.isEmpty() || !tooMuch.isEmpty()) {
                throw new AssertionError("expected " + expected + " in any order, got " + given + "; missing: "
                        + missing + ", too much: " + tooMuch);
            }
        };
    }

    /** Exactly these records, in this order. */
    static Expected ordered(List<?> expected) {
        return outcome -> {
            List<?> given = outcome.recordsOrFail();
            if (!expected.equals(given)) {
                throw new AssertionError("expected " + expected + " in this order, got " + given);
            }
        };
    }

    /** An error of that class; the words occur in its message or in those of its causes. */
    static Expected error(Class<? extends Throwable> type, String... words) {
        return outcome -> {
            Throwable error = outcome.error();
            if (error == null) {
                throw new AssertionError("expected an error, " + type.getName() + " with " + Arrays.toString(words)
                        + ", got " + outcome.records());
            }
            String text = textOf(error);
            List<String> missing =
                    Arrays.stream(words).filter(word -> !text.contains(word)).toList();
            if (!type.isInstance(error) || !missing.isEmpty()) {
                throw new AssertionError(
                        "expected an error, " + type.getName() + " with " + Arrays.toString(words) + ", got " + text,
                        error);
            }
        };
    }

    private static String textOf(Throwable error) {
        StringBuilder text = new StringBuilder(error.toString());
        for (Throwable cause = error.getCause(); cause != null; cause = cause.getCause()) {
            text.append("; caused by ").append(cause);
        }
        return text.toString();
    }
}
