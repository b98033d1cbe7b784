package io.millrace.jmh.measure;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One flat object as one line of JSON. */
public final class Json {
    private static final Pattern ENTRY = Pattern.compile("\"([^\"]+)\": (?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^,}]+))");

    private Json() {}

    /** Reads what {@link #line} wrote: every value as text, escapes left in. */
    public static Map<String, String> read(String line) {
        Map<String, String> object = new LinkedHashMap<>();
        Matcher entry = ENTRY.matcher(line);
        while (entry.find()) {
            object.put(entry.group(1), entry.group(2) != null ? entry.group(2) : entry.group(3));
        }
        return object;
    }

    /** Numbers and booleans as they are, everything else as text. */
    public static String line(Map<String, ?> object) {
        return object.entrySet().stream()
                .map(entry -> text(entry.getKey()) + ": " + value(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String value(Object value) {
        return value instanceof Number || value instanceof Boolean ? value.toString() : text(String.valueOf(value));
    }

    private static String text(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ') {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('"').toString();
    }
}
