package io.millrace.api;

import io.millrace.conf.Quantity;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Reads the text of a key that may be the program's own; what cannot be read is told with key and text. */
final class SettingText {

    private SettingText() {}

    /** A time in {@code unit}, which a number without a unit is in too. */
    static long time(TimeUnit unit, String key, String text) {
        return parsed(key, text, "a time such as 200ms, 2s or 1min", given -> Quantity.time(given, unit));
    }

    /** A size in units of {@code unitBytes}, which a number without a unit is in too; parts of a unit are cut off. */
    static long size(long unitBytes, String key, String text) {
        return parsed(key, text, "a size such as 64k, 16m or 1g", given -> Quantity.bytes(given, unitBytes))
                / unitBytes;
    }

    /**
     * What {@code reader} makes of the text.
     *
     * @throws IllegalArgumentException if it refuses it; names key, text and what was {@code expected}
     */
    static <T> T parsed(String key, String text, String expected, Function<String, T> reader) {
        try {
            return reader.apply(text);
        } catch (IllegalArgumentException refused) {
            throw new IllegalArgumentException(
                    "setting " + key + " is '" + text + "', expected " + expected + "; set it to such a value",
                    refused);
        }
    }
}
