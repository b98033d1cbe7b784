package io.millrace.engine.checkpoint;

import io.millrace.api.MillraceException;
import io.millrace.spi.StateMigration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The values of one operator as the program wants them now, made of those that it had. Owner: the starting thread. */
final class MigratedValues implements UnaryOperator<Object> {
    private final List<StateMigration> migrations;
    private long count;

    MigratedValues(List<StateMigration> migrations) {
        this.migrations = migrations;
    }

    /** @throws MillraceException if a function throws, gives nothing, or what would have to be changed again */
    @Override
    public Object apply(Object written) {
        Object value = written;
        for (StateMigration migration : migrations) {
            if (migration.from().isInstance(value)) {
                value = migrated(migration, value);
            }
        }
        count += value == written ? 0 : 1;
        return value;
    }

    private static Object migrated(StateMigration migration, Object value) {
        Object made;
        try {
            made = migration.to().call(value);
        } catch (Exception thrown) {
            throw new MillraceException(call(migration) + " failed on " + value + ": " + thrown, thrown);
        }
        if (made == null || migration.from().isInstance(made)) {
            throw new MillraceException(call(migration) + " made " + made + " of " + value + ", "
                    + (made == null
                            ? "and a key has a value; let the function give one"
                            : "which is of the class to be changed, so that the next start would change it again; give the old class"
                                    + " another name, and register it by registerFormerName"));
        }
        return made;
    }

    private static String call(StateMigration migration) {
        return "MR-1402: migrateState(\"" + migration.operator() + "\", "
                + migration.from().getSimpleName() + ".class, …)";
    }

    /** How many values were changed. */
    long count() {
        return count;
    }
}
