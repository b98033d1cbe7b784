package io.millrace.api;

import io.millrace.api.function.Function;
import io.millrace.conf.Settings;
import io.millrace.plan.OperatorId;
import io.millrace.plan.Plan;
import io.millrace.spi.StateChanges;
import io.millrace.spi.StateMigration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What a program says about what it remembered in an earlier form. Owner: the thread that defines the program. */
final class CheckpointChanges {
    private static final System.Logger LOG = System.getLogger(CheckpointChanges.class.getName());

    private final Set<String> dropped = new TreeSet<>();
    private final List<StateMigration> migrations = new ArrayList<>();

    void drop(String operator) {
        dropped.add(new OperatorId(operator).text());
    }

    <O> void migrate(String operator, Class<O> from, Function<? super O, ?> to) {
        migrations.add(new StateMigration(operator, from, to == null ? null : value -> to.call(from.cast(value))));
    }

    /**
     * All of it, checked against the program.
     *
     * @param inSetting further ids to drop, with commas between them
     * @throws PlanException if an operator is dropped that is there, or one migrated that is not
     */
    StateChanges of(Plan plan, String inSetting) {
        Set<String> all = new TreeSet<>(dropped);
        for (String id : inSetting.split(",")) {
            if (!id.isBlank()) {
                all.add(id.strip());
            }
        }
        List<String> there = plan.remembering().stream().map(OperatorId::text).toList();
        all.stream().filter(there::contains).findFirst().ifPresent(id -> {
            throw new PlanException("dropState(\"" + id + "\"): the program has an operator '" + id
                    + "' that remembers something; take the call (or " + Settings.CHECKPOINT_DROP_STATE.key()
                    + ") out to go on with it, or give the operator another name to begin anew");
        });
        for (StateMigration migration : migrations) {
            if (!there.contains(migration.operator())) {
                throw new PlanException("migrateState(\"" + migration.operator() + "\", "
                        + migration.from().getSimpleName()
                        + ".class, …): no operator of that name remembers anything, but "
                        + there + "; give one of these, or name the operator by named(\"" + migration.operator()
                        + "\")");
            }
        }
        return new StateChanges(all, migrations);
    }

    /**
     * Whoever remembers is to have a name of its own: one made of its place is another's once the program has changed.
     *
     * @throws PlanException if that is to be refused
     */
    static void checkNames(Plan plan, boolean isStrict) {
        List<OperatorId> unnamed =
                plan.remembering().stream().filter(id -> !plan.isNamed(id)).toList();
        if (unnamed.isEmpty()) {
            return;
        }
        String message = unnamed + " remember something under names made of their kind and place, which change with the"
                + " program, so that a checkpoint may then be refused or taken for another operator's; name them: stream.named(\"counts\")";
        if (isStrict) {
            throw new PlanException(message + "; or set " + Settings.CHECKPOINT_STRICT_IDS.key() + "=false");
        }
        LOG.log(System.Logger.Level.WARNING, "{0}", message);
    }
}
