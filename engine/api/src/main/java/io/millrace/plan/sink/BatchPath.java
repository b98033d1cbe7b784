package io.millrace.plan.sink;

import io.millrace.api.Time;

/** Names the directory of each batch: {@code prefix-ms.suffix}. */
final class BatchPath {
    private BatchPath() {}

    static String of(String prefix, Time time, String suffix) {
        StringBuilder path = new StringBuilder();
        if (!prefix.isEmpty()) {
            path.append(prefix).append('-');
        }
        path.append(time.milliseconds());
        if (!suffix.isEmpty()) {
            path.append('.').append(suffix);
        }
        return path.toString();
    }

    static String orEmpty(String part) {
        return part == null ? "" : part;
    }
}
