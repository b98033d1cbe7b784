package io.millrace.jmh.bench;

import java.util.Map;

/** Which thread used how much. */
final class ThreadTable {
    private ThreadTable() {}

    /** As one line: those figures of the first round whose name begins with {@code prefix}, which ends before the thread's name. */
    static String line(Rounds rounds, String system, String prefix) {
        StringBuilder line = new StringBuilder("- " + system + ":");
        String separator = " ";
        for (Map.Entry<String, String> figure : rounds.first(system).entrySet()) {
            if (figure.getKey().startsWith(prefix)) {
                line.append(separator)
                        .append(figure.getKey().substring(prefix.length()))
                        .append(' ')
                        .append(figure.getValue());
                separator = ", ";
            }
        }
        return line.toString();
    }
}
