package io.millrace.engine.key;

import io.millrace.api.HashPartitioner;
import io.millrace.api.Partitioner;
import io.millrace.engine.function.OperatorFunction;
import io.millrace.offheap.column.Column;
import io.millrace.offheap.table.ArrayKeys;
import io.millrace.offheap.table.KeyHash;
import io.millrace.plan.OperatorId;

/**
 * Which partition each key belongs to: by a hash of our own, or by the program's partitioner. Equal keys go to the same
 * partition however they are held. Safe from several threads.
 */
public final class KeySpread {
    private final OperatorId operator;
    private final int partitions;
    private final Partitioner partitioner;
    private final OperatorFunction function;

    /**
     * A spread over so many partitions.
     *
     * @param operator whose keys they are, for messages
     * @param partitioner null for a hash of our own
     */
    public KeySpread(OperatorId operator, int partitions, Partitioner partitioner) {
        this.operator = operator;
        this.partitions = partitions;
        this.partitioner = partitioner;
        this.function = partitioner == null ? null : new OperatorFunction(operator, partitioner);
    }

    /** How many partitions there are. */
    public int partitions() {
        return partitions;
    }

    /** Whether keys are spread by the program's own partitioner. */
    public boolean isByProgram() {
        return partitioner != null;
    }

    /**
     * The partitions of the first rows of a column of keys. No object is made of a key, unless the program's partitioner wants
     * to see it.
     */
    public void partitionsOf(Column keys, int rows, int[] into) {
        ArrayKeys.refuse(operator.text(), keys, rows);
        if (partitioner == null) {
            KeyHash.javaHashes(keys, rows, into);
            for (int row = 0; row < rows; row++) {
                into[row] = KeyHash.partition(KeyHash.of((long) into[row]), partitions);
            }
        } else if (partitioner.getClass() == HashPartitioner.class) {
            KeyHash.javaHashes(keys, rows, into);
            for (int row = 0; row < rows; row++) {
                into[row] = Math.floorMod(into[row], partitions);
            }
        } else {
            for (int row = 0; row < rows; row++) {
                into[row] = byProgram(keys.get(row));
            }
        }
    }

    /** The partition of one key. */
    public int partitionOf(Object key) {
        int hash = key == null ? 0 : key.hashCode();
        if (partitioner == null) {
            return KeyHash.partition(KeyHash.of((long) hash), partitions);
        }
        return partitioner.getClass() == HashPartitioner.class ? Math.floorMod(hash, partitions) : byProgram(key);
    }

    /** The partition of a slot's key; where the hash is our own, keys that are held alike agree. */
    public int partitionOf(KeySlots keys, int slot) {
        if (partitioner == null) {
            return KeyHash.partition(keys.hash(slot), partitions);
        }
        return partitioner.getClass() == HashPartitioner.class
                ? Math.floorMod(keys.javaHash(slot), partitions)
                : byProgram(keys.get(slot));
    }

    private int byProgram(Object key) {
        int partition;
        try {
            partition = partitioner.getPartition(key);
        } catch (Throwable thrown) {
            throw function.failed(key, thrown);
        }
        if (partition < 0 || partition >= partitions) {
            throw new IllegalArgumentException("the partitioner of '" + operator + "', " + partitioner
                    + ", put the key " + key + " into partition " + partition + "; expected 0 to " + (partitions - 1));
        }
        return partition;
    }
}
