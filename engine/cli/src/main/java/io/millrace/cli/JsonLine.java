package io.millrace.cli;

import java.util.Locale;
import java.util.Map;

/** One object of JSON in one line. */
final class JsonLine {
    private JsonLine() {}

    /** @param fields numbers and flags as they are, all else as text */
    static String of(Map<String, ?> fields) {
        StringBuilder line = new StringBuilder("{");
        fields.forEach((name, value) -> {
            line.append(line.length() == 1 ? "" : ",");
            append(line, name);
            line.append(':');
            if (value instanceof Number || value instanceof Boolean) {
                line.append(value);
            } else {
                append(line, String.valueOf(value));
            }
        });
        return line.append('}').toString();
    }

    private static void append(StringBuilder line, String text) {
        line.append('"');
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (unit == '"' || unit == '\\') {
                line.append('\\').append(unit);
            } else if (unit < ' ') {
                line.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
            } else {
                line.append(unit);
            }
        }
        line.append('"');
    }
}
