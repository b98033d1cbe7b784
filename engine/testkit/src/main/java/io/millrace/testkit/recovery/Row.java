package io.millrace.testkit.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;

/** A key and a value, as the sender and the reference know them. */
record Row(int key, int value) {
    /** What one record brings. */
    record Parcel(int id, List<Row> rows) {
        /** The record: {@code id;key value;key value}. */
        String text() {
            StringJoiner text = new StringJoiner(";").add(Integer.toString(id));
            rows.forEach(row -> text.add(row.key() + " " + row.value()));
            return text.toString();
        }

        static int idOf(String text) {
            int end = text.indexOf(';');
            return Integer.parseInt(end < 0 ? text : text.substring(0, end));
        }

        static List<Row> rowsOf(String text) {
            List<Row> rows = new ArrayList<>();
            String[] parts = text.split(";");
            for (int i = 1; i < parts.length; i++) {
                int blank = parts[i].indexOf(' ');
                rows.add(new Row(
                        Integer.parseInt(parts[i].substring(0, blank)),
                        Integer.parseInt(parts[i].substring(blank + 1))));
            }
            return rows;
        }
    }
}
