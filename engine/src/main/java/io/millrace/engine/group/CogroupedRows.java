package io.millrace.engine.group;

import io.millrace.api.Tuple2;
import io.millrace.engine.function.LanePolicy;
import io.millrace.engine.key.KeySlots;
import io.millrace.engine.task.ChunkSink;
import io.millrace.engine.task.ChunkSource;
import io.millrace.engine.task.ChunkView;
import io.millrace.engine.task.Rows;
import io.millrace.engine.task.WorkerScratch;
import io.millrace.offheap.column.Chunk;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.column.ElementType;
import io.millrace.offheap.column.RefColumn;
import io.millrace.offheap.memory.MemoryLedger;
import io.millrace.plan.PlanNode.Match;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Inputs that are partitioned by key in the same way, brought together partition by partition. Keys come in the order in which
 * they are first seen, input after input; a key's values in the order of rows. Computed at each reading.
 *
 * <p>Cost: one table probe a row, and an object per value and per row that comes out.
 */
public final class CogroupedRows implements Rows {
    private final String operator;
    private final List<Rows> inputs;
    private final Match match;
    private final Supplier<KeyOutput> output;
    private final MemoryLedger ledger;
    private final LanePolicy policy;

    private CogroupedRows(
            String operator,
            List<Rows> inputs,
            Match match,
            Supplier<KeyOutput> output,
            MemoryLedger ledger,
            LanePolicy policy) {
        this.operator = operator;
        this.inputs = List.copyOf(inputs);
        this.match = match;
        this.output = output;
        this.ledger = ledger;
        this.policy = policy;
    }

    /** One row per key: the list of its values. */
    public static CogroupedRows grouped(String operator, Rows input, MemoryLedger ledger, LanePolicy policy) {
        return cogrouped(operator, List.of(input), groups -> groups[0], ledger, policy);
    }

    /** One row per key: what {@code row} makes of the lists of its values in each input. */
    public static CogroupedRows cogrouped(
            String operator,
            List<Rows> inputs,
            Function<List<?>[], Object> row,
            MemoryLedger ledger,
            LanePolicy policy) {
        Function<Object[][], Object> ofValues = values -> {
            List<?>[] groups = new List<?>[values.length];
            for (int input = 0; input < groups.length; input++) {
                groups[input] = new GroupedValues<>(values[input]);
            }
            return row.apply(groups);
        };
        return new CogroupedRows(operator, inputs, Match.GROUPS, () -> new GroupOutput(ofValues), ledger, policy);
    }

    /** Two inputs, matched. */
    public static CogroupedRows matched(
            String operator, Rows left, Rows right, Match match, MemoryLedger ledger, LanePolicy policy) {
        List<Rows> both = List.of(left, right);
        return match == Match.GROUPS
                ? cogrouped(operator, both, groups -> new Tuple2<>(groups[0], groups[1]), ledger, policy)
                : new CogroupedRows(operator, both, match, () -> new JoinOutput(match), ledger, policy);
    }

    @Override
    public int partitionCount() {
        return inputs.get(0).partitionCount();
    }

    @Override
    public long inputRows() {
        return inputs.stream().mapToLong(Rows::inputRows).sum();
    }

    @Override
    public boolean isKnownEmpty() {
        return switch (match) {
            case GROUPS, FULL_OUTER -> inputs.stream().allMatch(Rows::isKnownEmpty);
            case INNER -> inputs.stream().anyMatch(Rows::isKnownEmpty);
            case LEFT_OUTER -> inputs.get(0).isKnownEmpty();
            case RIGHT_OUTER -> inputs.get(1).isKnownEmpty();
        };
    }

    @Override
    public ChunkSource open(int partition, WorkerScratch scratch) throws Exception {
        KeySlots keys = new KeySlots(operator, ledger, policy);
        SlotValues[] sides = new SlotValues[inputs.size()];
        Matches matches = new Matches(keys, sides, output.get(), scratch.view());
        try {
            for (int input = 0; input < sides.length; input++) {
                sides[input] = new SlotValues(operator, keys, ledger);
                inputs.get(input).read(partition, scratch, sides[input]);
            }
            for (SlotValues side : sides) {
                side.sort();
            }
            return matches;
        } catch (Throwable failed) {
            matches.close();
            throw failed;
        }
    }

    private static final class Matches implements ChunkSource {
        private final KeySlots keys;
        private final SlotValues[] sides;
        private final KeyOutput output;
        private final ChunkView view;
        private final int[] slotOfRow = new int[Chunk.MAX_ROWS];
        private int nextSlot;

        Matches(KeySlots keys, SlotValues[] sides, KeyOutput output, ChunkView view) {
            this.keys = keys;
            this.sides = sides;
            this.output = output;
            this.view = view;
        }

        @Override
        public boolean next(ChunkSink sink) throws Exception {
            RefColumn values = (RefColumn) view.second(ElementType.REF);
            int rows = 0;
            while (rows < Chunk.MAX_ROWS && advance()) {
                slotOfRow[rows] = nextSlot - 1;
                values.values()[rows] = output.next();
                rows++;
            }
            if (rows == 0) {
                return false;
            }
            Column keyColumn = view.first(keys.type());
            keys.read(slotOfRow, 0, rows, keyColumn);
            view.give(keyColumn, values, rows, sink);
            return true;
        }

        /** Whether there is another row, of the key at hand or of a later one. */
        private boolean advance() {
            while (!output.hasNext()) {
                if (nextSlot == keys.size()) {
                    return false;
                }
                output.start(valuesOf(nextSlot));
                nextSlot++;
            }
            return true;
        }

        private Object[][] valuesOf(int slot) {
            Object[][] values = new Object[sides.length][];
            for (int side = 0; side < sides.length; side++) {
                values[side] = sides[side].of(slot);
            }
            return values;
        }

        @Override
        public void close() {
            for (SlotValues side : sides) {
                if (side != null) {
                    side.close();
                }
            }
            keys.close();
        }
    }
}
