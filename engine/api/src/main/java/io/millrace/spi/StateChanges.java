package io.millrace.spi;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a program has changed since a checkpoint of it was written.
 *
 * @param dropped ids of operators that are gone: what they remembered is left behind
 * @param migrations in the order in which they are applied
 */
public record StateChanges(Set<String> dropped, List<StateMigration> migrations) {
    /** A program that goes on as it was. */
    public static final StateChanges NONE = new StateChanges(Set.of(), List.of());

    /** Copies both. */
    public StateChanges {
        dropped = Collections.unmodifiableSet(new TreeSet<>(dropped));
        migrations = List.copyOf(migrations);
    }

    /** The migrations of one operator, in order. */
    public List<StateMigration> of(String operator) {
        return migrations.stream()
                .filter(migration -> migration.operator().equals(operator))
                .toList();
    }
}
