package io.millrace.spi;

import io.millrace.api.function.Function;
import java.util.Objects;

/**
 * How values that one operator remembered become those that it remembers now.
 *
 * @param operator its id
 * @param from the class of values to be changed; others stay
 * @param to makes the new value; called once for each value that is read, by the thread that starts the run
 */
public record StateMigration(String operator, Class<?> from, Function<Object, ?> to) {
    /** All have to be said. */
    public StateMigration {
        Objects.requireNonNull(operator, "migrateState: the operator is null");
        Objects.requireNonNull(from, () -> "migrateState of '" + operator + "': the class to be changed is null");
        Objects.requireNonNull(to, () -> "migrateState of '" + operator + "': the function is null");
    }
}
