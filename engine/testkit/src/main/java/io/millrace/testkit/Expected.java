package io.millrace.testkit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is expected of one batch. */
interface Expected {
    /** @throws AssertionError if it is something else */
    void check(Outcome outcome);

    /** Exactly these records, in any order. */
    static Expected anyOrder(List<?> expected) {
        return outcome -> {
            List<?> given = outcome.recordsOrFail();
            List<Object> missing = new ArrayList<>();
            List<Object> tooMuch = new ArrayList<>();
            Map<Object, Integer> difference = new LinkedHashMap<>();
            expected.forEach(record -> difference.merge(record, 1, Integer::sum));
            given.forEach(record -> difference.merge(record, -1, Integer::sum));
            difference.forEach((record, times) -> {
                missing.addAll(Collections.nCopies(Math.max(0, times), record));
                tooMuch.addAll(Collections.nCopies(Math.max(0, -times), record));
            });
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
