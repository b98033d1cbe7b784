package io.millrace.offheap.codec;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names that classes had when bytes were written. Immutable; any thread. */
final class FormerNames {
    private final Map<String, List<Class<?>>> byName = new HashMap<>();
    /** Names that have meant the same class at some time, by each of them: one of them for all. */
    private final Map<String, String> shared = new HashMap<>();

    FormerNames(Map<String, ? extends Collection<Class<?>>> classes) {
        classes.forEach((name, meant) -> {
            byName.put(name, List.copyOf(meant));
            meant.forEach(type -> share(name, type.getName()));
        });
    }

    private void share(String one, String other) {
        String first = shared.getOrDefault(one, one);
        String second = shared.getOrDefault(other, other);
        shared.replaceAll((name, common) -> common.equals(second) ? first : common);
        shared.put(one, first);
        shared.put(other, first);
    }

    /** The classes that had the name; in the order in which they were given. */
    List<Class<?>> of(String name) {
        return byName.getOrDefault(name, List.of());
    }

    /** Whether two schemas are the same but for names that have meant the same class. */
    boolean isSame(String schema, String other) {
        return schema.equals(other)
                || !shared.isEmpty() && withSharedNames(schema).equals(withSharedNames(other));
    }

    private List<String> withSharedNames(String schema) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at < schema.length()) {
            int start = at;
            while (at < schema.length() && isOfName(schema.charAt(at))) {
                at++;
            }
            at = Math.max(at, start + 1);
            String part = schema.substring(start, at);
            parts.add(shared.getOrDefault(part, part));
        }
        return parts;
    }

    private static boolean isOfName(char unit) {
        return unit == '.' || Character.isJavaIdentifierPart(unit);
    }
}
